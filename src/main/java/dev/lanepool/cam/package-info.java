/**
 * Class activation maps: which places of a picture spoke for a class. Drawing over a picture needs
 * the module {@code java.desktop}; everything else works without.
 */
package dev.lanepool.cam;
