/** The libraries and plain loops that lanepool is measured against. */
package dev.lanepool.jmh.peers;
