/** What the backends share: argument checks and scratch. Not exported. */
package dev.lanepool.kernel.internal;
