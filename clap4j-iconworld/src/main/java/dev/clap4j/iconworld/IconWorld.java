package dev.clap4j.iconworld;

import dev.clap4j.Progress;
import dev.clap4j.dataset.CaptionedImages;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.GlyphAtlas;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.icon.Rasteriser;
import dev.clap4j.iconworld.paint.Painter;
import dev.clap4j.iconworld.scene.Course;
import java.util.List;
import java.util.Map;

/**
 * Pictures with captions without end, drawn as they are asked for: what the mini CLIP is trained on. Every concept is met
 * in its habitual attributes, in the icon sets that pre-training sees.
 */
public final class IconWorld implements CaptionedImages {
    private final Painter painter;
    private final Course course;
    private final int concepts;
    private final long samples;
    private final long seed;

    private IconWorld(Painter painter, Course course, int concepts, long samples, long seed) {
        this.painter = painter;
        this.course = course;
        this.concepts = concepts;
        this.samples = samples;
        this.seed = seed;
    }

    /**
     * The world of a seed.
     *
     * @param concepts how many of {@link Concept#ALL}
     * @param imageSize pixels of a side
     * @param samples how many will be asked for: what is shown changes in the course of them
     * @param progress told of every drawing that is rendered beforehand, {@code concepts × sets}
     */
    public static IconWorld of(int concepts, int imageSize, long samples, long seed, Progress progress) {
        List<Concept> shown = Concept.ALL.subList(0, concepts);
        Painter painter = new Painter(GlyphAtlas.render(shown, IconSet.SEEN, progress), imageSize);
        return new IconWorld(painter, new Course(shown, IconSet.SEEN, samples, seed), concepts, samples, seed);
    }

    @Override
    public int imageSize() {
        return painter.side();
    }

    @Override
    public String caption(long index) {
        return course.caption(index);
    }

    @Override
    public byte[] pixels(long index) {
        return painter.paint(course.scene(index));
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
