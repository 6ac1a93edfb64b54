/** What charts and panels draw on; not exported. Needs the module {@code java.desktop}. */
package dev.lanepool.drawing;
