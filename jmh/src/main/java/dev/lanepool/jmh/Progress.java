package dev.lanepool.jmh;

import java.io.PrintWriter;
import java.time.Duration;

/** Says on stderr how far a run has come, and how long it will still take. */
final class Progress {
  private final PrintWriter out;
  private final int total;
  private final long start = System.nanoTime();
  private int done;

  Progress(PrintWriter out, int total) {
    this.out = out;
    this.total = total;
  }

  void done(Job job, double micros) {
    done++;
    Duration left = Duration.ofNanos((System.nanoTime() - start) / done * (total - done));
    out.printf(
        "[%d/%d, %s left] fork %d of %s, %s: %s%n",
        done, total, text(left), job.fork() + 1, job.of(), job.variant(), Text.micros(micros));
    out.flush();
  }

  private static String text(Duration time) {
    return time.toMinutes() >= 2
        ? time.plusSeconds(30).toMinutes() + " min"
        : time.toSeconds() + " s";
  }
}
