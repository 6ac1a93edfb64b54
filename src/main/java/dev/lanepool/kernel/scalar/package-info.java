/** The numeric contract in plain Java: the reference for every backend, and the fallback. */
package dev.lanepool.kernel.scalar;
