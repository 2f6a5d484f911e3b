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
 * <p>The latent dimension is published for ViT-B/16, whose features have dimension 512, and for ViT-L/14, with
 * dimension 768. For other dimensions it keeps its ratio to the feature dimension, that of ViT-B/16 below 768 and that
 * of ViT-L/14 from 768 on.
 */
public enum Preset {
    /** PACS, 7 classes in art paintings, cartoons, photos and sketches. */
    PACS(Defaults.FEW, 8, 256, 448, 0.208f, 0.1f),
    /** VLCS, 5 classes in four collections of photos. */
    VLCS(Defaults.FEW, 8, 512, 640, 0.056f, 0.03f),
    /** OfficeHome, 65 classes of objects found in offices and homes. */
    OFFICEHOME(Defaults.MANY, 96, 448, 768, 0.14f, 0.14f),
    /** DomainNet, 345 classes in six domains. No α is published for ViT-B/16; that of ViT-L/14 is used. */
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

    /** Returns the benchmark's classes: its folder names in lower case with spaces, sorted. */
    public List<String> classes() {
        String file = "classes/" + name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream in = Preset.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /**
     * Returns the published hyper-parameters, with seed 0.
     *
     * @param embedDim the dimension D of the model's features
     */
    public ClapOptions options(int embedDim) {
        return options(classes(), embedDim);
    }

    /**
     * Returns the published hyper-parameters for other classes, with seed 0.
     *
     * @param embedDim the dimension D of the model's features
     */
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
