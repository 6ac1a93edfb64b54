package dev.lanepool.kernel;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;

/** Parts of one call's work, which several threads take up one after another. */
final class Parts implements Runnable {
  private final Thread caller = Thread.currentThread();
  private final int count;
  private final IntConsumer work;

  private int next;
  private int running;
  private Throwable failure;

  /** Parts 0 to count - 1, to be called for by the thread that makes them. */
  Parts(int count, IntConsumer work) {
    this.count = count;
    this.work = work;
  }

  /** Does the work, on this thread and up to threads - 1 others. */
  void runOn(Executor executor, int threads) {
    try {
      for (int i = 1; i < Math.min(threads, count); i++) {
        executor.execute(this);
      }
    } catch (RejectedExecutionException e) {
      // Then this thread does what the others do not.
    } catch (Throwable e) {
      fail(e);
    }
    run();
    await();
    if (failure != null) {
      Parts.<RuntimeException>throwAsItIs(failure);
    }
  }

  @Override
  public void run() {
    for (int part = begin(); part >= 0; part = begin()) {
      Throwable thrown = null;
      try {
        work.accept(part);
      } catch (Throwable e) {
        thrown = e;
      }
      end(thrown);
    }
  }

  /** The next part; -1 if there is none to begin. */
  private synchronized int begin() {
    if (failure != null || next == count) {
      return -1;
    }
    if (caller.isInterrupted()) {
      fail(new CancellationException("interrupted, with " + (count - next) + " parts to begin"));
      return -1;
    }
    running++;
    return next++;
  }

  private synchronized void end(Throwable thrown) {
    running--;
    if (thrown != null) {
      fail(thrown);
    }
    notifyAll();
  }

  private synchronized void fail(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    }
  }

  /** Waits for the parts begun; an interrupt is kept for later. */
  private synchronized void await() {
    boolean interrupted = false;
    while (running > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      caller.interrupt();
    }
  }

  /** Errors and unchecked exceptions alike; the work has no others. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwAsItIs(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
