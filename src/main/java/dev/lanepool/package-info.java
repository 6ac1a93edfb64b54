/**
 * What is pooled: a {@link dev.lanepool.FeatureMap} is a view of storage with an {@link
 * dev.lanepool.ElementType}, a {@link dev.lanepool.Layout} and a {@link dev.lanepool.FeatureShape}.
 */
package dev.lanepool;
