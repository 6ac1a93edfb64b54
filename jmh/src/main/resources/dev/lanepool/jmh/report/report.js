'use strict';
(function () {
  const COLOURS = {'lanepool': '#0b5fad', 'read roof': '#1b1f24', 'lanepool scalar': '#8c959f'};
  const PALETTE = ['#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7a4fbf', '#a0522d', '#00798c', '#b8a000'];
  const SYMBOLS = ['circle', 'rect', 'triangle'];
  const TEXT = '#1b1f24';
  const LEGEND_LINE = 22;
  const SLACK = 1.03;
  const MOST_TICKS = 8;

  document.documentElement.classList.add('js');
  document.querySelectorAll('details.behind').forEach(function (details) { details.open = false; });

  function number(value) {
    return value >= 1000 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
  }

  function bytes(value) {
    const units = ['bytes', 'KB', 'MB', 'GB'];
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit++; }
    return number(value) + ' ' + units[unit];
  }

  /** One look per name, on the whole page. */
  function style(names) {
    const styles = {};
    let next = 0;
    names.forEach(function (name) {
      const own = COLOURS[name];
      styles[name] = own
        ? {colour: own, symbol: name === 'lanepool' ? 'diamond' : 'circle', size: name === 'lanepool' ? 17 : 10}
        : {colour: PALETTE[next % PALETTE.length], symbol: SYMBOLS[next++ % SYMBOLS.length], size: 10};
    });
    return styles;
  }

  /** A logarithmic axis between powers of its base, so that every tick has a round number. */
  function axis(name, base, values, formatter) {
    const min = Math.min.apply(null, values) * SLACK;
    const max = Math.max.apply(null, values) / SLACK;
    // ECharts leaves out all ticks but the first where there would be ten or more
    const step = Math.pow(base, Math.ceil(Math.log(max / min) / Math.log(base) / MOST_TICKS) || 1);
    const power = function (value, round) { return Math.pow(step, round(Math.log(value) / Math.log(step))); };
    return {
      type: 'log', logBase: step, name: name, nameLocation: 'middle', nameTextStyle: {color: TEXT, fontSize: 13},
      min: power(min, Math.floor), max: power(max, Math.ceil),
      axisLabel: {color: TEXT, fontSize: 13, formatter: formatter, hideOverlap: true},
      axisLine: {show: true, lineStyle: {color: '#57606a'}},
      splitLine: {lineStyle: {color: '#eaeef2'}}
    };
  }

  function legendHeight(names, width) {
    let lines = 1;
    let used = 0;
    names.forEach(function (name) {
      const item = 44 + 7.4 * name.length;
      if (used > 0 && used + item > width - 20) { lines++; used = 0; }
      used += item;
    });
    return lines * LEGEND_LINE + 6;
  }

  /** ECharts' own estimate cuts long labels off in wide fonts. */
  function labelWidth(labels) {
    return 16 + 8.6 * Math.max.apply(null, labels.map(function (label) { return label.length; }));
  }

  function column(chart, place) {
    return chart.series.flatMap(function (s) { return s.points.map(function (p) { return p[place]; }); });
  }

  function marks(chart, place) {
    return {
      silent: true, symbol: 'none', lineStyle: {color: TEXT, type: 'solid', width: 1},
      label: {color: TEXT, fontSize: 12, position: place, formatter: function (mark) { return mark.name; }},
      data: chart.marks.map(function (mark) { return {xAxis: mark.at, name: mark.label}; })
    };
  }

  function dots(chart, styles) {
    const values = column(chart, 0).concat(chart.marks.map(function (mark) { return mark.at; }));
    return {
      xAxis: Object.assign(axis(chart.x, 2, values, number), {nameGap: 28}),
      yAxis: {
        type: 'category', data: chart.categories, inverse: true, axisTick: {show: false},
        axisLabel: {color: TEXT, fontSize: 13}, splitLine: {show: true, lineStyle: {color: '#eaeef2'}}
      },
      series: chart.series.map(function (s) {
        const look = styles[s.name];
        return {
          name: s.name, type: 'scatter', clip: false, data: s.points, symbol: look.symbol, symbolSize: look.size,
          itemStyle: {color: look.colour, opacity: 1}, z: s.name === 'lanepool' ? 5 : 3,
          label: {show: s.name === 'lanepool', position: 'top', color: look.colour, fontSize: 12, distance: 2,
            formatter: function (p) { return number(p.value[0]); }}
        };
      }),
      tooltip: {formatter: function (p) {
        return text(p.seriesName) + '<br>' + text(chart.categories[p.value[1]]) + ': ' + number(p.value[0]) + '<br>' + text(chart.x);
      }}
    };
  }

  function lines(chart, styles) {
    return {
      xAxis: Object.assign(axis(chart.x, 4, column(chart, 0), bytes), {nameGap: 28}),
      yAxis: Object.assign(axis(chart.y, 2, column(chart, 1), number), {nameGap: 40}),
      series: chart.series.map(function (s) {
        const look = styles[s.name];
        return {
          name: s.name, type: 'line', data: s.points, symbol: look.symbol, symbolSize: look.size * 0.7,
          itemStyle: {color: look.colour},
          lineStyle: {color: look.colour, width: s.name === 'lanepool' ? 3 : 1.5, type: s.name === 'read roof' ? 'dashed' : 'solid'}
        };
      }),
      tooltip: {formatter: function (p) {
        return text(p.seriesName) + '<br>' + bytes(p.value[0]) + ': ' + number(p.value[1]) + ' GB/s';
      }}
    };
  }

  /** Tooltips are HTML. */
  function text(value) {
    const node = document.createElement('span');
    node.textContent = value;
    return node.innerHTML;
  }

  function draw(place) {
    const element = place.element;
    const chart = place.chart;
    const names = chart.series.map(function (s) { return s.name; });
    const isDots = chart.categories.length > 0;
    const rows = isDots ? chart.categories.length * 40 + 80 : 380;
    const top = legendHeight(names, element.clientWidth);
    element.style.height = top + rows + 'px';
    const instance = echarts.init(element);
    const option = isDots ? dots(chart, styles) : lines(chart, styles);
    // rows go downwards, so that the start of a line is on top
    option.series[0].markLine = marks(chart, isDots ? 'start' : 'end');
    option.animation = false;
    option.textStyle = {fontFamily: getComputedStyle(document.body).fontFamily, color: TEXT};
    option.legend = {data: names, top: 0, left: 'center', itemWidth: isDots ? 12 : 26, itemHeight: 12, textStyle: {color: TEXT, fontSize: 13}};
    option.grid = {left: isDots ? labelWidth(chart.categories) : 66, right: 28, top: top + 24, bottom: 52};
    option.aria = {enabled: true};
    instance.setOption(option);
    return instance;
  }

  const charts = Array.from(document.querySelectorAll('.chart'), function (element) {
    return {element: element, chart: JSON.parse(element.querySelector('script').textContent)};
  });
  const styles = style(Array.from(new Set(charts.flatMap(function (place) {
    return place.chart.series.map(function (s) { return s.name; });
  }))));
  let drawn = charts.map(draw);
  let width = window.innerWidth;
  window.addEventListener('resize', function () {
    if (window.innerWidth === width) { return; }
    width = window.innerWidth;
    drawn.forEach(function (instance) { instance.dispose(); });
    drawn = charts.map(draw);
  });
})();
