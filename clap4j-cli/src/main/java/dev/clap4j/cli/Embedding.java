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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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

    /** Features of images by their files' names; of a stopped run, finished rows are kept. */
    FeatureMatrix images(List<Path> files, UnreadableOption unreadable, PrintWriter err) {
        String encoder = clip.checkpoint().fingerprint() + ", " + ClipImageModel.preprocessing(clip.checkpoint()) + ", "
                + clip.engine().precision();
        return encoded(files, Embedding::content, encoder, rows -> encodeImages(files, rows, unreadable, err));
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
                unreadable.images().add(UnreadableImage.of(images.skipped()), err, files.size());
            }
        }
    }

    /** Returns the identity of an image; unknown if it cannot be read, which the encoder reports. */
    private static String content(Path image) {
        try {
            return FileDigests.ofUser().of(image);
        } catch (ClapException e) {
            return "no content: " + image;
        }
    }

    /** Features of texts; see {@link #images}. */
    FeatureMatrix texts(List<String> texts) {
        String encoder = clip.checkpoint().fingerprint() + ", texts";
        return encoded(texts, Function.identity(), encoder, rows -> encodeTexts(texts, rows));
    }

    private void encodeTexts(List<String> texts, Map<String, float[]> rows) {
        List<String> todo = texts.stream()
                .distinct()
                .filter(text -> !rows.containsKey(text))
                .toList();
        Steps steps = Steps.begin(progress, "texts", rows.size() + todo.size(), rows.size());
        for (int done = 0; done < todo.size(); done += BLOCK) {
            List<String> block = todo.subList(done, Math.min(todo.size(), done + BLOCK));
            add(rows, clip.texts().encode(block, steps), Function.identity());
        }
    }

    private static <T> void add(Map<T, float[]> rows, FeatureMatrix batch, Function<String, T> thing) {
        for (int i = 0; i < batch.rows(); i++) {
            rows.put(thing.apply(batch.ids().get(i)), batch.row(i));
        }
    }

    /**
     * Returns the rows of things in their order.
     *
     * @param key under which an unfinished row is kept
     * @param encoder of which unfinished rows must be
     * @param work adds the rows that are missing
     */
    private <T> FeatureMatrix encoded(
            List<T> things, Function<T, String> key, String encoder, Consumer<Map<T, float[]>> work) {
        Map<T, float[]> rows = new LinkedHashMap<>();
        if (resume) {
            Map<String, float[]> kept = unfinished.load(encoder);
            for (T thing : things) {
                Optional.ofNullable(kept.get(key.apply(thing))).ifPresent(row -> rows.put(thing, row));
            }
        }
        try {
            work.accept(rows);
        } catch (StoppedException e) {
            if (rows.isEmpty()) {
                throw new ClapException("Stopped before any feature was finished; nothing was written");
            }
            Map<String, float[]> kept = new LinkedHashMap<>();
            rows.forEach((thing, row) -> kept.put(key.apply(thing), row));
            unfinished.save(encoder, kept);
            throw e;
        }
        List<T> finished = things.stream().filter(rows::containsKey).toList();
        if (finished.isEmpty()) {
            throw new ClapException("None of the " + things.size() + " images can be decoded; nothing was written");
        }
        List<float[]> ordered = finished.stream().map(rows::get).toList();
        return FeatureMatrix.ofRows(finished.stream().map(String::valueOf).toList(), ordered.get(0).length, ordered);
    }
}
