package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.VisionTransformer;
import java.nio.file.Path;

/** Properties of a model that its weights alone do not determine, for weights without a configuration. */
public record GeometryHints(Activation activation, int textHeads, int visionHeads) {
    /** No hints: the usual values are assumed, with a warning. */
    public static final GeometryHints NONE = new GeometryHints(null, 0, 0);

    /**
     * Checks the values.
     *
     * @throws ClapException if no CLIP model has such values
     */
    public GeometryHints {
        if (activation != null && activation != Activation.QUICK_GELU && activation != Activation.GELU) {
            throw new ClapException("The activation of a CLIP model is quickgelu or gelu, not " + activation);
        }
        if (textHeads < 0 || visionHeads < 0) {
            throw new ClapException("A model has at least one attention head, not " + Math.min(textHeads, visionHeads));
        }
    }

    /** Returns these hints with other numbers of heads. */
    public GeometryHints withHeads(int ofTexts, int ofImages) {
        return new GeometryHints(activation, ofTexts, ofImages);
    }

    /**
     * Checks that a configuration agrees with the hints.
     *
     * @throws ClapException if it does not
     */
    void requireAgreement(ClipArchitecture architecture, Path config) {
        require("activation", activation, architecture.text().activation(), config);
        require("number of heads for texts", textHeads, architecture.text().heads(), config);
        if (architecture.vision() instanceof VisionTransformer vision) {
            require("activation", activation, vision.activation(), config);
            require("number of heads for images", visionHeads, vision.heads(), config);
        } else if (architecture.vision() instanceof ModifiedResNet vision) {
            require("number of heads for images", visionHeads, vision.heads(), config);
        }
    }

    private static void require(String what, Object given, Object found, Path config) {
        if (given != null && !given.equals(0) && !given.equals(found)) {
            throw new ClapException(
                    Problem.GEOMETRY_IS_KNOWN,
                    "The " + what + " is given as " + given + ", but " + config + " says " + found);
        }
    }
}
