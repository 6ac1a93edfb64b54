package dev.lanepool.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void timesHaveThreeDigitsAndNoExponent() {
    assertEquals("0.0123 µs", Text.micros(0.0123));
    assertEquals("999 µs", Text.micros(999.49));
    assertEquals("1.00 ms", Text.micros(999.5));
    assertEquals("12.3 ms", Text.micros(12_345));
    assertEquals("999 ms", Text.micros(999_499));
    assertEquals("1.00 s", Text.micros(999_500));
    assertEquals("12300 s", Text.micros(12.345e9));
  }
}
