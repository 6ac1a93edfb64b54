package dev.lanepool.head;

import dev.lanepool.FeatureShape;
import dev.lanepool.layer.Dense;
import dev.lanepool.layer.Flatten;
import dev.lanepool.layer.GlobalAvgPool;
import dev.lanepool.layer.Layer;
import dev.lanepool.layer.LayerNorm;
import dev.lanepool.layer.ReLU;
import dev.lanepool.layer.Sequential;
import dev.lanepool.layer.Sigmoid;
import dev.lanepool.layer.SqueezeExcitation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The heads of known networks for the 1000 classes of ImageNet and pictures of 224 × 224 (227 × 227
 * for Network in Network): the shape of the last feature maps, the layers behind them, and their
 * weights by the names that torchvision (for ViT and the gate: timm) gives them. Dropout, which
 * does nothing at inference, is left out.
 */
public enum KnownHead {
  /** Pooling straight to softmax (M. Lin, Q. Chen, S. Yan, 2013). */
  NETWORK_IN_NETWORK("Network in Network", shape(1000, 6, 6), pool()),
  /** C. Szegedy et al., "Going Deeper with Convolutions", 2015. */
  GOOGLENET("GoogLeNet", shape(1024, 7, 7), pool(), dense("fc", 1024, 1000)),
  /** K. He et al., "Deep Residual Learning for Image Recognition", 2016. */
  RESNET18("ResNet-18", shape(512, 7, 7), pool(), dense("fc", 512, 1000)),
  /** As ResNet-18. */
  RESNET50("ResNet-50", shape(2048, 7, 7), pool(), dense("fc", 2048, 1000)),
  /** G. Huang et al., "Densely Connected Convolutional Networks", 2017; maps before their ReLU. */
  DENSENET121("DenseNet-121", shape(1024, 7, 7), relu(), pool(), dense("classifier", 1024, 1000)),
  /** As DenseNet-121. */
  DENSENET161("DenseNet-161", shape(2208, 7, 7), relu(), pool(), dense("classifier", 2208, 1000)),
  /** F. Iandola et al., "SqueezeNet", 2016; what its last convolution gives, a map per class. */
  SQUEEZENET("SqueezeNet", shape(1000, 13, 13), relu(), pool()),
  /** M. Sandler et al., "MobileNetV2", 2018. */
  MOBILENET_V2("MobileNetV2", shape(1280, 7, 7), pool(), dense("classifier.1", 1280, 1000)),
  /** M. Tan, Q. Le, "EfficientNet", 2019. */
  EFFICIENTNET_B0("EfficientNet-B0", shape(1280, 7, 7), pool(), dense("classifier.1", 1280, 1000)),
  /** Z. Liu et al., "A ConvNet for the 2020s", 2022. */
  CONVNEXT_T(
      "ConvNeXt-T",
      shape(768, 7, 7),
      pool(),
      norm("classifier.0", 768),
      dense("classifier.2", 768, 1000)),
  /**
   * A vision transformer that takes the mean of its patches' tokens, without the class token (A.
   * Dosovitskiy et al., "An Image is Worth 16x16 Words", 2021): tokens [N, 196, 768] are NHWC maps
   * of 14 × 14 pixels.
   */
  VIT_B16(
      "ViT-B/16, token mean",
      shape(768, 14, 14),
      pool(),
      norm("fc_norm", 768),
      dense("head", 768, 1000)),
  /** K. Simonyan, A. Zisserman, "Very Deep Convolutional Networks", 2015: flattens. */
  VGG16(
      "VGG-16",
      shape(512, 7, 7),
      flatten(),
      dense("classifier.0", 512 * 7 * 7, 4096),
      relu(),
      dense("classifier.3", 4096, 4096),
      relu(),
      dense("classifier.6", 4096, 1000)),
  /** A. Krizhevsky, "One weird trick", 2014, as torchvision has it: flattens. */
  ALEXNET(
      "AlexNet",
      shape(256, 6, 6),
      flatten(),
      dense("classifier.1", 256 * 6 * 6, 4096),
      relu(),
      dense("classifier.4", 4096, 4096),
      relu(),
      dense("classifier.6", 4096, 1000)),
  /** The last block's gate of SE-ResNet-50 (J. Hu et al., 2018), no classifier. */
  SE_RESNET50_GATE(
      "SE-ResNet-50, gate", shape(2048, 7, 7), squeezeExcitation("layer4.2.se", 2048, 128));

  /**
   * A parameter of a head.
   *
   * @param name what its network's published weights call it
   * @param extents its shape; a dense layer's weights are [outputs, inputs]
   */
  public record Parameter(String name, List<Integer> extents) {
    private Parameter(String name, Integer... extents) {
      this(name, List.of(extents));
    }

    /**
     * Numbers that it has.
     *
     * @return the product of the extents
     */
    public long size() {
      return extents.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    private float[] find(Map<String, float[]> weights) {
      float[] values = weights.get(name);
      if (values == null) {
        throw new IllegalArgumentException("weights has no " + name + "; " + need());
      }
      if (values.length != size()) {
        throw new IllegalArgumentException(name + " has " + values.length + " values; " + need());
      }
      return values;
    }

    private String need() {
      return size() + " values of shape " + extents + " were needed";
    }
  }

  /** A layer to be, with the parameters that it needs. */
  private record Part(List<Parameter> parameters, Function<List<float[]>, Layer> constructor) {
    Layer build(Map<String, float[]> weights) {
      return constructor.apply(parameters.stream().map(p -> p.find(weights)).toList());
    }
  }

  private final String title;
  private final FeatureShape shape;
  private final List<Part> parts;

  KnownHead(String title, FeatureShape shape, Part... parts) {
    this.title = title;
    this.shape = shape;
    this.parts = List.of(parts);
  }

  private static FeatureShape shape(int c, int h, int w) {
    return new FeatureShape(1, c, h, w);
  }

  private static Part without(Supplier<Layer> layer) {
    return new Part(List.of(), none -> layer.get());
  }

  private static Part pool() {
    return without(GlobalAvgPool::new);
  }

  private static Part relu() {
    return without(ReLU::new);
  }

  private static Part flatten() {
    return without(Flatten::new);
  }

  private static Part dense(String name, int inputs, int outputs) {
    return new Part(denseParameters(name, inputs, outputs), w -> new Dense(w.get(0), w.get(1)));
  }

  private static List<Parameter> denseParameters(String name, int inputs, int outputs) {
    return List.of(
        new Parameter(name + ".weight", outputs, inputs), new Parameter(name + ".bias", outputs));
  }

  private static Part norm(String name, int channels) {
    return new Part(
        List.of(new Parameter(name + ".weight", channels), new Parameter(name + ".bias", channels)),
        w -> new LayerNorm(w.get(0), w.get(1), 1e-6));
  }

  private static Part squeezeExcitation(String name, int channels, int reduced) {
    List<Parameter> parameters = new ArrayList<>(denseParameters(name + ".fc1", channels, reduced));
    parameters.addAll(denseParameters(name + ".fc2", reduced, channels));
    return new Part(
        parameters,
        w ->
            new SqueezeExcitation(
                new Dense(w.get(0), w.get(1)), new Dense(w.get(2), w.get(3)), new Sigmoid()));
  }

  /**
   * The network's name.
   *
   * @return as it is usually written
   */
  public String title() {
    return title;
  }

  /**
   * The last feature maps of one picture.
   *
   * @return [1, C, H, W]; a pooled head takes other heights and widths, too
   */
  public FeatureShape inputShape() {
    return shape;
  }

  /**
   * The parameters, in the order of the layers.
   *
   * @return an immutable list
   */
  public List<Parameter> parameters() {
    return parts.stream().flatMap(part -> part.parameters().stream()).toList();
  }

  /**
   * Trainable numbers: weights and biases.
   *
   * @return how many there are
   */
  public long parameterCount() {
    return parameters().stream().mapToLong(Parameter::size).sum();
  }

  /**
   * The layers, from feature maps to logits; of the gate, to gated maps.
   *
   * @param weights values by name, shared and not copied; what else is in the map doesn't matter,
   *     so that it may be a whole network's
   * @return the layers
   * @throws NullPointerException if weights is null
   * @throws IllegalArgumentException if a parameter is missing, or has another number of values
   */
  public Sequential layers(Map<String, float[]> weights) {
    Objects.requireNonNull(weights, "weights is null; values by name were needed");
    return new Sequential(parts.stream().map(part -> part.build(weights)).toArray(Layer[]::new));
  }

  /**
   * A head that classifies, and that class activation maps explain.
   *
   * @param weights as for {@link #layers}
   * @param labels the names of the 1000 classes
   * @return the head
   * @throws NullPointerException if an argument or a label is null
   * @throws IllegalArgumentException as {@link #layers}, if there are not 1000 labels, or if this
   *     head flattens or is a gate, so that there is nothing pooled to explain
   */
  public ClassifierHead classifier(Map<String, float[]> weights, List<String> labels) {
    return ClassifierHead.of(layers(weights), labels);
  }

  /** The network's name and the shape of its feature maps. */
  @Override
  public String toString() {
    return title + " " + shape;
  }
}
