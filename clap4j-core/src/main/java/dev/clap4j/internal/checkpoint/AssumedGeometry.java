package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.nn.Activation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Activation and number of heads for weights without a configuration: the given values, else the usual ones.
 * Assumptions are reported, since a wrong one yields plausible but useless features.
 */
final class AssumedGeometry {
    private static final Logger LOG = LoggerFactory.getLogger(AssumedGeometry.class);

    /** The width of all heads of OpenAI's models. */
    private static final int HEAD_WIDTH = 64;

    /**
     * Image encoders whose heads are not 64 wide, published as ViT-H, ViT-g, ViT-bigG and ViT-e: number of heads by
     * width.
     */
    private static final Map<Integer, Integer> WIDE_HEADS = Map.of(1280, 16, 1408, 16, 1664, 16, 1792, 16);

    /** Parts of the names of open_clip's models with exact GELU. */
    private static final Set<String> GELU_NAMES = Set.of("laion", "datacomp", "commonpool");

    private static final String QUICK_NAME = "quickgelu";

    private final TensorFile file;
    private final Naming naming;
    private final GeometryHints hints;
    private final List<String> assumed = new ArrayList<>();

    AssumedGeometry(TensorFile file, Naming naming, GeometryHints hints) {
        this.file = file;
        this.naming = naming;
        this.hints = hints;
    }

    Activation activation() {
        if (hints.activation() != null) {
            return hints.activation();
        }
        String name = nameAndFolder();
        if (name.contains(QUICK_NAME)) {
            assumed.add("QuickGELU, as its name says");
            return Activation.QUICK_GELU;
        }
        for (String published : GELU_NAMES) {
            if (name.contains(published)) {
                assumed.add("GELU, for its name has \"" + published + "\" in it");
                return Activation.GELU;
            }
        }
        assumed.add("QuickGELU, as in OpenAI's models");
        return Activation.QUICK_GELU;
    }

    /** Returns the name of the file and its folder, either of which may name the model. */
    private String nameAndFolder() {
        Path path = file.path().toAbsolutePath().normalize();
        int names = path.getNameCount();
        return path.subpath(Math.max(0, names - 2), names).toString().toLowerCase(Locale.ROOT);
    }

    int textHeads(int width, String tensor) {
        return heads(hints.textHeads(), HEAD_WIDTH, width, tensor, "texts");
    }

    int transformerHeads(int width, String tensor) {
        int usual = WIDE_HEADS.containsKey(width) ? width / WIDE_HEADS.get(width) : HEAD_WIDTH;
        return heads(hints.visionHeads(), usual, width, tensor, "images");
    }

    int poolingHeads(int width, String tensor) {
        return heads(hints.visionHeads(), HEAD_WIDTH, width, tensor, "images");
    }

    private int heads(int given, int headWidth, int width, String tensor, String encoder) {
        if (given != 0) {
            if (width % given != 0) {
                throw new ClapException(
                        file.path() + ": " + given + " heads do not divide the width " + width + " of its " + encoder);
            }
            return given;
        }
        if (width % headWidth != 0) {
            throw new ClapException(
                    Problem.UNKNOWN_HEADS,
                    file.path() + ": tensor "
                            + file.info(naming.recipe(tensor).sources().get(0)) + " implies a width of " + width
                            + ", which is not a multiple of " + headWidth
                            + "; put the model's configuration (" + naming.configuration() + ") beside it");
        }
        assumed.add(width / headWidth + (width == headWidth ? " head for " : " heads for ") + encoder + ", " + headWidth
                + " wide");
        return width / headWidth;
    }

    /** Reports assumptions, if there are any. */
    void report() {
        if (!assumed.isEmpty()) {
            LOG.warn(Names.printable(file.path() + ": there is no " + naming.configuration()
                    + " beside it, so these are assumed: " + String.join("; ", assumed)
                    + ". If one is wrong, so are all features: put the configuration beside it, or"
                    + " give the activation and the number of heads"));
        }
    }
}
