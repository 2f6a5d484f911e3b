package dev.clap4j.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The settings of the published results (CLAP, tables 1 and 2): classes and hyper-parameters of four benchmarks.
 *
 * <p>The latent dimension is published for ViT-B/16, whose features have dimension 512, and for ViT-L/14, with 768. Models
 * of other dimensions get the same part of theirs: that of ViT-B/16 below 768, that of ViT-L/14 from there on.
 */
public enum Preset {
    /** 7 classes in art paintings, cartoons, photos and sketches. */
    PACS(Defaults.FEW, 8, 256, 448, 0.208f, 0.1f),
    /** 5 classes in four collections of photos. */
    VLCS(Defaults.FEW, 8, 512, 640, 0.056f, 0.03f),
    /** 65 classes of things in an office or at home. */
    OFFICEHOME(Defaults.MANY, 96, 448, 768, 0.14f, 0.14f),
    /**
     * 345 classes in six domains. For ViT-B/16 the authors name no α, so that of ViT-L/14 stands in.
     */
    DOMAINNET(Defaults.MANY, 384, 512, 768, 0.2f, 0.2f);

    private final Defaults regime;
    private final int batchSize;
    private final int latentDimOfBase;
    private final int latentDimOfLarge;
    private final float alphaOfBase;
    private final float alphaOfLarge;

    Preset(
            Defaults regime,
            int batchSize,
            int latentDimOfBase,
            int latentDimOfLarge,
            float alphaOfBase,
            float alphaOfLarge) {
        this.regime = regime;
        this.batchSize = batchSize;
        this.latentDimOfBase = latentDimOfBase;
        this.latentDimOfLarge = latentDimOfLarge;
        this.alphaOfBase = alphaOfBase;
        this.alphaOfLarge = alphaOfLarge;
    }

    /** The benchmark's classes: its folder names in lower case with spaces, sorted. */
    public List<String> classes() {
        String file = "classes/" + name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = Preset.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /**
     * The published hyper-parameters, with seed 0.
     *
     * @param embedDim the dimension D of the model's features
     */
    public ClapOptions options(int embedDim) {
        return options(classes(), embedDim);
    }

    /** As {@link #options(int)}, for other classes. */
    public ClapOptions options(List<String> classes, int embedDim) {
        return regime.options(
                classes, embedDim, latentDim(embedDim), batchSize, embedDim < 768 ? alphaOfBase : alphaOfLarge);
    }

    private int latentDim(int embedDim) {
        return embedDim < 768
                ? Defaults.part(embedDim, latentDimOfBase / 512.0)
                : Defaults.part(embedDim, latentDimOfLarge / 768.0);
    }
}
