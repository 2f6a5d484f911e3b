package dev.clap4j.iconworld;

import dev.clap4j.Progress;
import dev.clap4j.dataset.CaptionedImages;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.GlyphAtlas;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.icon.Rasteriser;
import dev.clap4j.iconworld.paint.Painter;
import dev.clap4j.iconworld.scene.PretrainingSamples;
import java.util.List;
import java.util.Map;

/**
 * An endless stream of captioned pictures, drawn on demand, on which the mini CLIP is trained. Concepts appear with
 * their habitual attributes, in the icon sets used for pre-training.
 */
public final class IconWorld implements CaptionedImages {
    private final Painter painter;
    private final PretrainingSamples pretraining;
    private final int concepts;
    private final long samples;
    private final long seed;

    private IconWorld(Painter painter, PretrainingSamples pretraining, int concepts, long samples, long seed) {
        this.painter = painter;
        this.pretraining = pretraining;
        this.concepts = concepts;
        this.samples = samples;
        this.seed = seed;
    }

    /**
     * Creates the stream for a seed.
     *
     * @param concepts the number of concepts, the first ones of {@link Concept#ALL}
     * @param imageSize side of the pictures in pixels
     * @param samples the number of samples that will be used, over which the curriculum advances
     * @param progress receives the number of drawings rendered in advance, {@code concepts × sets} in all
     */
    public static IconWorld of(int concepts, int imageSize, long samples, long seed, Progress progress) {
        List<Concept> shown = Concept.ALL.subList(0, concepts);
        Painter painter = new Painter(GlyphAtlas.render(shown, IconSet.SEEN, progress), imageSize);
        return new IconWorld(
                painter, new PretrainingSamples(shown, IconSet.SEEN, samples, seed), concepts, samples, seed);
    }

    @Override
    public int imageSize() {
        return painter.side();
    }

    @Override
    public String caption(long index) {
        return pretraining.caption(index);
    }

    @Override
    public byte[] pixels(long index) {
        return painter.paint(pretraining.scene(index));
    }

    @Override
    public Map<String, String> describe() {
        return Map.of(
                "source", "iconworld",
                "concepts", String.valueOf(concepts),
                "samples", String.valueOf(samples),
                "seed", String.valueOf(seed),
                "java", Rasteriser.version());
    }
}
