/** Classifier heads: pooling, a dense layer and softmax over the last feature maps of a network. */
package dev.lanepool.head;
