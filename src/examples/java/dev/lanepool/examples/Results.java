package dev.lanepool.examples;

import dev.lanepool.examples.Experiment.Result;
import dev.lanepool.head.HeadReport;
import java.util.List;

/**
 * All results of an experiment.
 *
 * @param scale how much was done
 * @param all head by head, each with ascending numbers of training pictures
 */
record Results(Experiment.Scale scale, List<Result> all) {
  List<String> heads() {
    return all.stream().map(Result::head).distinct().toList();
  }

  List<Result> of(String head) {
    return all.stream().filter(result -> result.head().equals(head)).toList();
  }

  Result of(String head, int training) {
    return of(head).get(scale.training().indexOf(training));
  }

  /** What flatten and pooling cost here. */
  HeadReport headReport() {
    return new HeadReport(scale.filters(), Experiment.MAP, Experiment.MAP, Digits.CLASSES);
  }

  /** The one with most training pictures. */
  Result last(String head) {
    return of(head, scale.largest());
  }
}
