package dev.clap4j.iconworld.icon;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.run.Steps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Rasterised drawings of concepts by icon set. Thread-safe. */
public final class GlyphAtlas {
    /** The side of a glyph in pixels; half and quarter sizes are kept as well, for smaller pictures. */
    private static final int SIDE = 128;

    private final Map<Key, List<Glyph>> glyphs;

    private GlyphAtlas(Map<Key, List<Glyph>> glyphs) {
        this.glyphs = glyphs;
    }

    private record Key(IconSet set, String concept) {}

    private record Job(Key key, IconLibrary.Drawing drawing) {}

    /**
     * Renders drawings on all processors.
     *
     * @param steps advanced by every drawing, of which there are {@code concepts × sets}
     * @throws ClapException if a set lacks a concept
     */
    public static GlyphAtlas render(List<Concept> concepts, List<IconSet> sets, Steps steps) {
        List<Job> jobs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        concepts.forEach(concept -> names.addAll(concept.icons()));
        for (IconSet set : sets) {
            Map<String, IconLibrary.Drawing> drawings = IconLibrary.read(set, names);
            for (Concept concept : concepts) {
                String icon = concept.icons().stream()
                        .filter(drawings::containsKey)
                        .findFirst()
                        .orElseThrow(() -> new ClapException("The icon set " + set.id() + " has no " + concept.name()));
                jobs.add(new Job(new Key(set, concept.name()), drawings.get(icon)));
            }
        }
        List<List<Glyph>> rendered = IntStream.range(0, jobs.size())
                .parallel()
                .mapToObj(i -> {
                    List<Glyph> sizes = render(jobs.get(i));
                    steps.advance(1);
                    return sizes;
                })
                .toList();
        Map<Key, List<Glyph>> glyphs = new HashMap<>();
        for (int i = 0; i < jobs.size(); i++) {
            glyphs.put(jobs.get(i).key, rendered.get(i));
        }
        return new GlyphAtlas(glyphs);
    }

    /**
     * Renders drawings on all processors, as a part {@code icons}.
     *
     * @param progress notified of every drawing
     * @throws ClapException if a set lacks a concept
     */
    public static GlyphAtlas render(List<Concept> concepts, List<IconSet> sets, Progress progress) {
        return render(concepts, sets, Steps.begin(progress, "icons", (long) concepts.size() * sets.size()));
    }

    private static List<Glyph> render(Job job) {
        Glyph full = GlyphRenderer.render(job.drawing, job.key.concept + " of " + job.key.set.id(), SIDE);
        Glyph half = full.half();
        return List.of(full, half, half.half());
    }

    /**
     * Returns a glyph in the smallest size that is at least the one requested.
     *
     * @param pixels the size at which it will be shown
     */
    public Glyph get(IconSet set, Concept concept, double pixels) {
        List<Glyph> sizes = glyphs.get(new Key(set, concept.name()));
        if (sizes == null) {
            throw new IllegalArgumentException("Not rendered: " + concept.name() + " of " + set.id());
        }
        Glyph best = sizes.get(0);
        for (Glyph glyph : sizes) {
            if (glyph.side() >= pixels) {
                best = glyph;
            }
        }
        return best;
    }
}
