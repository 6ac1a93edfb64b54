/** Result files made readable: the report, and the README's performance section. */
package dev.lanepool.jmh.report;
