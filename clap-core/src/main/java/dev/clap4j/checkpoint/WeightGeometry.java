package dev.clap4j.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.io.TensorFile;
import dev.clap4j.nn.Activation;
import dev.clap4j.nn.ClipArchitecture;
import dev.clap4j.nn.ModifiedResNet;
import dev.clap4j.nn.TextTransformer;
import dev.clap4j.nn.VisionTower;
import dev.clap4j.nn.VisionTransformer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads the geometry of a model from the shapes of its weights, as OpenAI's own loader does. What shapes cannot tell is
 * as in all of OpenAI's models: heads are 64 wide and the activation is QuickGELU.
 */
final class WeightGeometry {
    private static final int HEAD_WIDTH = 64;
    private static final float EPSILON = 1e-5f;

    /** How much smaller the feature map before the attention pooling is than the image. */
    private static final int RESNET_STRIDE = 32;

    private final TensorFile file;
    private final Naming naming;

    private WeightGeometry(TensorFile file, Naming naming) {
        this.file = file;
        this.naming = naming;
    }

    static ModelConfig read(TensorFile file, Naming naming) {
        WeightGeometry geometry = new WeightGeometry(file, naming);
        return new ModelConfig(
                new ClipArchitecture(geometry.vision(), geometry.text()),
                EndOfText.atHighestId(),
                "the shapes of its other tensors");
    }

    private TextTransformer text() {
        long[] embedding = shape("token_embedding.weight", 2);
        int width = (int) embedding[1];
        return new TextTransformer(
                (int) shape("positional_embedding", 2)[0],
                (int) embedding[0],
                width,
                count(naming.blocks("")),
                heads("token_embedding.weight", width),
                (int) shape("transformer.resblocks.0.mlp.c_fc.weight", 2)[0],
                (int) shape("text_projection", 2)[1],
                Activation.QUICK_GELU,
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
                heads("visual.conv1.weight", width),
                (int) shape("visual.transformer.resblocks.0.mlp.c_fc.weight", 2)[0],
                (int) shape("visual.proj", 2)[1],
                Activation.QUICK_GELU,
                EPSILON);
    }

    private ModifiedResNet resNet() {
        int width = (int) shape("visual.conv3.weight", 4)[0];
        List<Integer> blocks = IntStream.rangeClosed(1, 4)
                .mapToObj(stage -> count("visual.layer" + stage + "."))
                .toList();
        return new ModifiedResNet(
                grid("visual.attnpool.positional_embedding") * RESNET_STRIDE,
                width,
                blocks,
                heads("visual.conv3.weight", width * RESNET_STRIDE),
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

    /** One more than the highest number that follows the prefix in any name. */
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

    private int heads(String tensor, int width) {
        if (width % HEAD_WIDTH != 0) {
            throw new ClapException(file.path() + ": tensor "
                    + file.info(naming.recipe(tensor).sources().get(0)) + " says that a width is " + width
                    + ", no multiple of " + HEAD_WIDTH + "; put the model's configuration ("
                    + naming.configuration() + ") beside it, which says how many heads there are");
        }
        return width / HEAD_WIDTH;
    }

    /** The side of the square grid whose positions, and one more, have embeddings. */
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
