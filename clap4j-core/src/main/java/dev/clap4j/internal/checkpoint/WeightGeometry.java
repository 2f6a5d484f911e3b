package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.VisionTransformer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Infers the architecture of a model from the shapes of its weights, as OpenAI's own loader does. */
final class WeightGeometry {
    private static final float EPSILON = 1e-5f;

    /** The ratio between the sizes of the image and the feature map before attention pooling. */
    private static final int RESNET_STRIDE = 32;

    private final TensorFile file;
    private final Naming naming;
    private final AssumedGeometry assumed;
    private final Activation activation;

    private WeightGeometry(TensorFile file, Naming naming, AssumedGeometry assumed) {
        this.file = file;
        this.naming = naming;
        this.assumed = assumed;
        this.activation = assumed.activation();
    }

    /**
     * Infers the architecture.
     *
     * @param hints properties that shapes do not determine
     */
    static ModelConfig read(TensorFile file, Naming naming, GeometryHints hints) {
        AssumedGeometry assumed = new AssumedGeometry(file, naming, hints);
        WeightGeometry geometry = new WeightGeometry(file, naming, assumed);
        ClipArchitecture architecture = new ClipArchitecture(geometry.vision(), geometry.text());
        assumed.report();
        return new ModelConfig(architecture, EndOfText.atHighestId(), "the shapes of its other tensors");
    }

    private TextTransformer text() {
        long[] embedding = shape("token_embedding.weight", 2);
        int width = (int) embedding[1];
        return new TextTransformer(
                (int) shape("positional_embedding", 2)[0],
                (int) embedding[0],
                width,
                count(naming.blocks("")),
                assumed.textHeads(width, "token_embedding.weight"),
                (int) shape("transformer.resblocks.0.mlp.c_fc.weight", 2)[0],
                (int) shape("text_projection", 2)[1],
                activation,
                EPSILON);
    }

    private VisionTower vision() {
        return file.contains("visual.attnpool.positional_embedding") ? resNet() : transformer();
    }

    private VisionTransformer transformer() {
        long[] patches = shape("visual.conv1.weight", 4);
        int width = (int) patches[0];
        int patchSize = (int) patches[2];
        return new VisionTransformer(
                grid("visual.positional_embedding") * patchSize,
                patchSize,
                width,
                count(naming.blocks("visual.")),
                assumed.transformerHeads(width, "visual.conv1.weight"),
                (int) shape("visual.transformer.resblocks.0.mlp.c_fc.weight", 2)[0],
                (int) shape("visual.proj", 2)[1],
                activation,
                EPSILON);
    }

    private ModifiedResNet resNet() {
        int width = (int) shape("visual.conv3.weight", 4)[0];
        if (width % 2 != 0) {
            throw new ClapException(file.path() + ": tensor " + file.info("visual.conv3.weight")
                    + " should have an even number of channels");
        }
        List<Integer> blocks = IntStream.rangeClosed(1, 4)
                .mapToObj(stage -> count("visual.layer" + stage + "."))
                .toList();
        return new ModifiedResNet(
                grid("visual.attnpool.positional_embedding") * RESNET_STRIDE,
                width,
                blocks,
                assumed.poolingHeads(width * RESNET_STRIDE, "visual.conv3.weight"),
                (int) shape("visual.attnpool.c_proj.weight", 2)[0]);
    }

    private long[] shape(String name, int rank) {
        Recipe recipe = naming.recipe(name);
        String source = recipe.sources().get(0);
        if (!file.contains(source)) {
            throw new ClapException(file.path() + " has no tensor " + source
                    + "; a CLIP checkpoint needs it. It is incomplete, or of" + " another model");
        }
        long[] shape = recipe.shape(file);
        if (shape.length != rank || Arrays.stream(shape).anyMatch(extent -> extent < 1 || extent > Integer.MAX_VALUE)) {
            throw new ClapException(file.path() + ": tensor " + file.info(source) + " should have " + rank
                    + " dimensions, none of them empty");
        }
        return shape;
    }

    /** Returns one more than the highest number after the prefix in any name. */
    private int count(String prefix) {
        int count = 0;
        for (String name : file.names()) {
            if (name.startsWith(prefix)) {
                String number = name.substring(prefix.length()).replaceFirst("\\..*", "");
                if (number.matches("\\d{1,3}") && Integer.parseInt(number) < Limits.MAX_LAYERS) {
                    count = Math.max(count, Integer.parseInt(number) + 1);
                }
            }
        }
        return Math.max(count, 1);
    }

    /** Returns the side of a square grid with one embedding per position and one more. */
    private int grid(String name) {
        long positions = shape(name, 2)[0] - 1;
        long side = Math.round(Math.sqrt((double) positions));
        if (side < 1 || side * side != positions) {
            throw new ClapException(file.path() + ": tensor "
                    + file.info(naming.recipe(name).sources().get(0))
                    + " should have one row more than a square number");
        }
        return (int) side;
    }
}
