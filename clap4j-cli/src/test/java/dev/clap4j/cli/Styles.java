package dev.clap4j.cli;

import dev.clap4j.Classification;
import dev.clap4j.Prediction;
import dev.clap4j.Progress;
import dev.clap4j.experiment.measurement.MixedTemplates;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.iconworld.dataset.BuildOptions;
import dev.clap4j.iconworld.dataset.PictureBitmap;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.GlyphAtlas;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.paint.Painter;
import dev.clap4j.iconworld.scene.Scene;
import dev.clap4j.iconworld.scene.SceneSampler;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.image.PngEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The answers of CLIP and CLAP to one thing in four styles: four of the pictures that the quickstart measures on, each from
 * an icon set that nothing was trained on, classified with a differently worded prompt for every class.
 *
 * @param concept the thing shown
 * @param classes the number of classes to choose from
 * @param alpha of the head
 * @param shown the pictures and the answers
 */
record Styles(String concept, int classes, double alpha, List<Shown> shown) {
    /** An example that shows the effect well; the page says beside it how often CLIP and CLAP are right on all pictures. */
    private static final String THING = "guitar";

    /** The pictures by their numbers in the quickstart's data; MIT and Apache 2.0 are the licences of the drawings. */
    private static final List<Place> PLACES = List.of(
            new Place(IconSet.FLUENT_EMOJI_FLAT, 1),
            new Place(IconSet.FLUENT_EMOJI, 0),
            new Place(IconSet.FXEMOJI, 2),
            new Place(IconSet.FLUENT_EMOJI_HIGH_CONTRAST, 0));

    private static final long SEED = 0;
    private static final int SIDE = 64;

    private record Place(IconSet set, long number) {}

    /** A picture and the answers to it. */
    record Shown(String iconSet, String imageType, Answer clip, Answer clap) {}

    /** The best class and its probability. */
    record Answer(String className, double probability) {
        private static Answer of(Prediction best) {
            return new Answer(best.className(), Math.round(1e4 * best.probability()) / 1e4);
        }

        /** As a page prints it. */
        String text() {
            return String.format(Locale.ROOT, "%s (%.0f %%)", className, 100 * probability);
        }
    }

    /** Makes the list unmodifiable. */
    Styles {
        shown = List.copyOf(shown);
    }

    /** The pictures, PNG, {@value #SIDE} pixels wide: what the model sees. */
    static List<byte[]> pictures() {
        return scenes().stream().map(Styles::png).toList();
    }

    private static List<Scene> scenes() {
        Concept concept = Concept.ALL.stream()
                .filter(c -> c.name().equals(THING))
                .findFirst()
                .orElseThrow();
        BuildOptions data = BuildOptions.evaluation(IconSet.UNSEEN, EmbeddedWorld.PER_CLASS, SEED);
        SceneSampler sampler = SceneSampler.even(data.classes(), data.sets(), ~SEED);
        return PLACES.stream()
                .map(place -> sampler.get(concept, place.set(), place.number()))
                .toList();
    }

    private static byte[] png(Scene scene) {
        GlyphAtlas drawing = GlyphAtlas.render(List.of(scene.concept()), List.of(scene.iconSet()), Progress.NONE);
        Painter painter = new Painter(drawing, SIDE);
        return PngEncoder.encode(PictureBitmap.of(painter.paint(scene), SIDE));
    }

    /**
     * Asks a model with and without a head.
     *
     * @param files the {@link #pictures}
     */
    static Styles of(ClipModel clip, Head head, float alpha, List<Path> files) {
        List<String> classes = Concept.ALL.subList(0, Concept.EVALUATED).stream()
                .map(Concept::name)
                .sorted()
                .toList();
        FeatureMatrix images = clip.images().encode(files);
        FeatureMatrix texts = clip.texts().encode(new MixedTemplates(1, SEED).texts(classes));
        float scale = clip.checkpoint().expLogitScale();
        List<Classification> byClip =
                ZeroShotClassifier.of(texts.withIds(classes), scale).classify(images);
        List<Classification> byClap = ZeroShotClassifier.of(
                        head.apply(texts, alpha).withIds(classes), scale)
                .classify(head.apply(images, alpha));
        List<Scene> scenes = scenes();
        List<Shown> shown = new ArrayList<>();
        for (int i = 0; i < scenes.size(); i++) {
            shown.add(new Shown(
                    scenes.get(i).iconSet().title(),
                    scenes.get(i).attributes().imageType().word(),
                    Answer.of(byClip.get(i).best()),
                    Answer.of(byClap.get(i).best())));
        }
        return new Styles(THING, classes.size(), alpha, shown);
    }

    /** The picture in words, for those who cannot see it. */
    String inWords() {
        return "The same " + concept + " in four styles. "
                + shown.stream()
                        .map(one ->
                                one.imageType() + ": CLIP says " + one.clip().text() + ", CLAP says "
                                        + one.clap().text())
                        .collect(Collectors.joining("; ", "", "."));
    }
}
