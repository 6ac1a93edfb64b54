/** Runnable examples. They are built and run with the tests and never enter the jar. */
package dev.lanepool.examples;
