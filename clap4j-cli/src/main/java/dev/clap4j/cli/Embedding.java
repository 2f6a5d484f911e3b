package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.EncodedImages;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.image.UnreadableImage;
import dev.clap4j.internal.io.FileDigests;
import dev.clap4j.internal.io.UnfinishedFeatures;
import dev.clap4j.internal.run.Steps;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Encodes many images or texts; if stopped, finished rows are kept and a later run resumes after them.
 *
 * @param clip the model
 * @param unfinished where finished rows are kept
 * @param resume whether to go on from rows that are there
 * @param progress the progress, by image or text
 */
record Embedding(ClipModel clip, UnfinishedFeatures unfinished, boolean resume, Progress progress) {
    /** Texts encoded together: a few seconds of work. */
    private static final int BLOCK = 1024;

    /**
     * Features of images by their files' names.
     *
     * @throws StoppedException if it should stop; finished rows are kept
     */
    FeatureMatrix images(List<Path> files, UnreadableOption unreadable, PrintWriter err) {
        Function<Path, String> key = Embedding::content;
        Map<Path, float[]> rows = known(files, key, imageEncoder());
        try {
            encodeImages(files, rows, unreadable, err);
        } catch (StoppedException e) {
            keep(rows, key, imageEncoder());
            throw e;
        }
        return result(files, rows);
    }

    private void encodeImages(List<Path> files, Map<Path, float[]> rows, UnreadableOption unreadable, PrintWriter err) {
        List<Path> todo = files.stream().filter(file -> !rows.containsKey(file)).toList();
        ImageLoading loading = ImageLoading.defaults().withSkipUnreadable(unreadable.isSkipped());
        Steps steps = Steps.begin(progress, "images", files.size(), rows.size());
        try (EncodedImages<Path> images = clip.images().stream(todo, loading, steps)) {
            try {
                while (images.hasNext()) {
                    add(rows, images.next(), Path::of);
                }
            } finally {
                unreadable.images().add(UnreadableImage.of(images.skipped()));
                unreadable.images().tell(err, files.size());
            }
        }
    }

    private static <T> void add(Map<T, float[]> rows, FeatureMatrix batch, Function<String, T> thing) {
        for (int i = 0; i < batch.rows(); i++) {
            rows.put(thing.apply(batch.ids().get(i)), batch.row(i));
        }
    }

    /**
     * Features of texts.
     *
     * @throws StoppedException if it should stop; finished rows are kept
     */
    FeatureMatrix texts(List<String> texts) {
        String encoder = clip.checkpoint().fingerprint() + ", texts";
        Map<String, float[]> rows = known(texts, Function.identity(), encoder);
        List<String> todo = texts.stream()
                .distinct()
                .filter(text -> !rows.containsKey(text))
                .toList();
        try {
            Steps steps = Steps.begin(progress, "texts", rows.size() + todo.size(), rows.size());
            for (int done = 0; done < todo.size(); done += BLOCK) {
                List<String> block = todo.subList(done, Math.min(todo.size(), done + BLOCK));
                add(rows, clip.texts().encode(block, steps), Function.identity());
            }
        } catch (StoppedException e) {
            keep(rows, Function.identity(), encoder);
            throw e;
        }
        return result(texts, rows);
    }

    private String imageEncoder() {
        return clip.checkpoint().fingerprint() + ", " + ClipImageModel.preprocessing(clip.checkpoint()) + ", "
                + clip.engine().precision();
    }

    /** Returns the identity of an image; unknown if it cannot be read, which the encoder reports. */
    private static String content(Path image) {
        try {
            return FileDigests.ofUser().of(image);
        } catch (ClapException e) {
            return "no content: " + image;
        }
    }

    private <T> Map<T, float[]> known(List<T> things, Function<T, String> key, String encoder) {
        Map<T, float[]> rows = new LinkedHashMap<>();
        if (resume) {
            Map<String, float[]> kept = unfinished.load(encoder);
            for (T thing : things) {
                float[] row = kept.get(key.apply(thing));
                if (row != null) {
                    rows.put(thing, row);
                }
            }
        }
        return rows;
    }

    private <T> void keep(Map<T, float[]> rows, Function<T, String> key, String encoder) {
        Map<String, float[]> kept = new LinkedHashMap<>();
        rows.forEach((thing, row) -> kept.put(key.apply(thing), row));
        if (kept.isEmpty()) {
            throw new ClapException("Stopped before any feature was finished; nothing was written");
        }
        unfinished.save(encoder, kept);
    }

    private static <T> FeatureMatrix result(List<T> things, Map<T, float[]> rows) {
        List<T> encoded = things.stream().filter(rows::containsKey).toList();
        if (encoded.isEmpty()) {
            throw new ClapException("None of the " + things.size() + " images can be decoded; nothing was written");
        }
        List<float[]> ordered = new ArrayList<>();
        encoded.forEach(thing -> ordered.add(rows.get(thing)));
        return FeatureMatrix.ofRows(encoded.stream().map(String::valueOf).toList(), ordered.get(0).length, ordered);
    }
}
