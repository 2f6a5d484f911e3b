package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.nn.ClipArchitecture;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;

/**
 * The initial weights with which OpenAI's code starts to train CLIP: its own initialisation, or PyTorch's defaults.
 *
 * <p>Every block of elements has its own generator, seeded by the seed, the tensor and the block, so the weights do not
 * depend on the number of threads.
 */
public final class Initialization {
    private static final int RUN = 1 << 16;

    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private final boolean clips;
    private final double textWidth;
    private final int textLayers;
    private final Map<String, long[]> shapes;
    private final Map<String, Integer> positions = new HashMap<>();
    private final long seed;
    private ByteBuffer memory = TensorData.allocate(0);

    /**
     * Creates the initial weights of an architecture.
     *
     * @param seed any number; the same seed gives the same weights
     */
    public Initialization(ClipArchitecture architecture, long seed) {
        this(
                architecture.shapes().asMap(),
                architecture.text().width(),
                architecture.text().layers(),
                architecture.isClips(),
                seed);
    }

    private Initialization(Map<String, long[]> shapes, double textWidth, int textLayers, boolean clips, long seed) {
        this.shapes = shapes;
        this.textWidth = textWidth;
        this.textLayers = textLayers;
        this.clips = clips;
        this.seed = seed;
        shapes.keySet().forEach(name -> positions.put(name, positions.size()));
    }

    /** Creates initial weights that keep the scale of activations in any network, by the shapes of its tensors. */
    static Initialization ofAnyNetwork(Map<String, long[]> shapes, long seed) {
        return new Initialization(shapes, 1, 1, false, seed);
    }

    /** The distribution of a tensor's elements: normal or uniform around 0, or constant. */
    private record Distribution(Kind kind, double scale) {
        enum Kind {
            NORMAL,
            UNIFORM,
            CONSTANT
        }

        static Distribution normal(double deviation) {
            return new Distribution(Kind.NORMAL, deviation);
        }

        static Distribution uniform(double bound) {
            return new Distribution(Kind.UNIFORM, bound);
        }

        static Distribution constant(double value) {
            return new Distribution(Kind.CONSTANT, value);
        }

        float draw(RandomGenerator random) {
            return (float)
                    switch (kind) {
                        case NORMAL -> scale * random.nextGaussian();
                        case UNIFORM -> scale * (2 * random.nextDouble() - 1);
                        case CONSTANT -> scale;
                    };
        }
    }

    /**
     * Draws the initial weights of a tensor.
     *
     * @param name one of the names in the architecture's shapes
     * @return F32, in memory that the next call reuses
     */
    public TensorData draw(String name) {
        Distribution distribution = distribution(name);
        TensorInfo tensor = new TensorInfo(name, DataType.F32, shapes.get(name));
        int position = positions.get(name);
        int elements = (int) tensor.elements();
        if (memory.capacity() < elements * Float.BYTES) {
            memory = TensorData.allocate((long) elements * Float.BYTES);
        }
        ByteBuffer bytes = memory.slice(0, elements * Float.BYTES).order(memory.order());
        FloatBuffer values = bytes.asFloatBuffer();
        LongStream.range(0, (elements + RUN - 1L) / RUN).parallel().forEach(run -> {
            RandomGenerator random = GENERATORS.create(mix(mix(mix(seed) + position) + run));
            int end = (int) Math.min(elements, (run + 1) * RUN);
            for (int i = (int) run * RUN; i < end; i++) {
                values.put(i, distribution.draw(random));
            }
        });
        return new TensorData(tensor.name(), tensor.type(), tensor.shape(), bytes);
    }

    /** Scrambles similar numbers over all 64 bits (the finaliser of MurmurHash3). */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    private Distribution distribution(String name) {
        if (name.equals("logit_scale")) {
            return Distribution.constant(Math.log(1 / 0.07));
        }
        if (!clips) {
            return ofAnyNetwork(name);
        }
        if (name.matches(".*(ln_|bn\\d|downsample\\.1).*")) {
            return Distribution.constant(normalization(name));
        }
        if (name.startsWith("visual.")) {
            return vision(name.substring("visual.".length()));
        }
        return name.startsWith("transformer.") ? textBlock(name) : textEmbedding(name);
    }

    /** Returns a distribution that keeps the scale of activations, for networks whose authors do not start CLIP's way. */
    private Distribution ofAnyNetwork(String name) {
        if (name.equals("logit_bias")) {
            return Distribution.constant(-10);
        }
        if (name.endsWith("gamma")) {
            return Distribution.constant(0.1); // the scale of a residual branch, of which some networks have dozens
        }
        double inputs = Arrays.stream(shapes.get(name)).skip(1).reduce(1, Math::multiplyExact);
        if (inputs > 1) {
            return Distribution.uniform(inverseRoot(inputs));
        }
        return Distribution.constant(name.endsWith("bias") || name.endsWith("running_mean") ? 0 : 1);
    }

    /**
     * Returns the initial scale: zero for the last normalisation of a residual block, which makes the block the
     * identity.
     */
    private static double normalization(String name) {
        boolean scale = name.endsWith(".weight") && !name.matches("visual\\.layer.*bn3\\.weight");
        return scale || name.endsWith("running_var") ? 1 : 0;
    }

    private Distribution textEmbedding(String name) {
        return switch (name) {
            case "token_embedding.weight" -> Distribution.normal(0.02);
            case "positional_embedding" -> Distribution.normal(0.01);
            default -> Distribution.normal(inverseRoot(textWidth)); // text_projection
        };
    }

    private Distribution textBlock(String name) {
        String part = name.replaceFirst("transformer\\.resblocks\\.\\d+\\.", "");
        return switch (part) {
            case "attn.in_proj_weight" -> Distribution.normal(inverseRoot(textWidth));
            case "attn.out_proj.weight", "mlp.c_proj.weight" ->
                Distribution.normal(inverseRoot(textWidth) * inverseRoot(2.0 * textLayers));
            case "mlp.c_fc.weight" -> Distribution.normal(inverseRoot(2 * textWidth));
            case "mlp.c_fc.bias", "mlp.c_proj.bias" -> Distribution.uniform(inverseRoot(inputs(name)));
            default -> Distribution.constant(0); // the biases of the attention
        };
    }

    private Distribution vision(String name) {
        long[] shape = shapes.get("visual." + name);
        if (name.equals("class_embedding") || name.equals("proj")) {
            return Distribution.normal(inverseRoot((double) shape[0]));
        }
        if (name.endsWith("positional_embedding") || name.matches("attnpool\\..*weight")) {
            return Distribution.normal(inverseRoot((double) shape[1]));
        }
        if (name.endsWith("in_proj_weight")) {
            return Distribution.uniform(Math.sqrt(6.0 / (shape[0] + shape[1])));
        }
        if (name.endsWith("attn.in_proj_bias") || name.endsWith("attn.out_proj.bias")) {
            return Distribution.constant(0);
        }
        return Distribution.uniform(inverseRoot(inputs("visual." + name)));
    }

    /** Returns the number of inputs of the linear layer or convolution of a weight or bias. */
    private double inputs(String name) {
        long[] weight = shapes.get(name.replaceFirst("\\.bias$", ".weight"));
        return Arrays.stream(weight).skip(1).reduce(1, Math::multiplyExact);
    }

    private static double inverseRoot(double value) {
        return 1 / Math.sqrt(value);
    }
}
