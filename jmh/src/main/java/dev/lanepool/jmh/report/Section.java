package dev.lanepool.jmh.report;

import java.util.List;

/**
 * A part of the report.
 *
 * @param id for links to it
 * @param title its heading
 * @param text how to read what follows
 * @param figures what it shows
 */
record Section(String id, String title, String text, List<Figure> figures) {}
