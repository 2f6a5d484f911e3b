package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.feature.UnfinishedFeatures;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.EncodedImages;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.image.UnreadableImage;
import dev.clap4j.internal.io.FileDigests;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Encodes images or texts that are many; when it is stopped, the finished rows are kept, and a later run goes on from there.
 *
 * @param clip the model
 * @param unfinished where finished rows are kept
 * @param resume whether to go on from rows that are there
 * @param stop the wish to stop
 */
record Embedding(ClipModel clip, UnfinishedFeatures unfinished, boolean resume, StopSignal stop) {
    /** Texts that are encoded together: some seconds' work. */
    private static final int BLOCK = 1024;

    /** Features of images by their files' names; nothing if it was stopped. */
    Optional<FeatureMatrix> images(List<Path> files, UnreadableOption unreadable, PrintWriter err) {
        Function<Path, String> key = Embedding::content;
        Map<Path, float[]> rows = known(files, key, imageEncoder());
        List<Path> todo = files.stream().filter(file -> !rows.containsKey(file)).toList();
        ImageLoading loading = ImageLoading.defaults().withSkipUnreadable(unreadable.isSkipped());
        try (Progress progress = Progress.start("images", files.size(), rows.size());
                EncodedImages<Path> images = clip.images().stream(todo, loading)) {
            int done = 0;
            while (!stop.requested() && images.hasNext()) {
                FeatureMatrix batch = images.next();
                for (int i = 0; i < batch.rows(); i++) {
                    rows.put(Path.of(batch.ids().get(i)), batch.row(i));
                }
                progress.step(images.done() - done);
                done = images.done();
            }
            progress.step(images.done() - done);
            unreadable.images().add(UnreadableImage.of(images.skipped()));
            unreadable.images().tell(err, files.size());
            return result(files, rows, key, imageEncoder(), images.done() < todo.size());
        }
    }

    /** Features of texts; nothing if it was stopped. */
    Optional<FeatureMatrix> texts(List<String> texts) {
        String encoder = clip.checkpoint().fingerprint() + ", texts";
        Map<String, float[]> rows = known(texts, Function.identity(), encoder);
        List<String> todo = texts.stream()
                .distinct()
                .filter(text -> !rows.containsKey(text))
                .toList();
        int done = 0;
        try (Progress progress = Progress.start("texts", rows.size() + todo.size(), rows.size())) {
            while (!stop.requested() && done < todo.size()) {
                List<String> block = todo.subList(done, Math.min(todo.size(), done + BLOCK));
                FeatureMatrix encoded = clip.texts().encode(block, progress::step);
                for (int i = 0; i < block.size(); i++) {
                    rows.put(block.get(i), encoded.row(i));
                }
                done += block.size();
            }
        }
        return result(texts, rows, Function.identity(), encoder, done < todo.size());
    }

    private String imageEncoder() {
        return clip.checkpoint().fingerprint() + ", " + ClipImageModel.preprocessing(clip.checkpoint()) + ", "
                + clip.engine().precision();
    }

    /** What identifies an image; nothing known if it cannot be read, and the encoder will say why. */
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

    private <T> Optional<FeatureMatrix> result(
            List<T> things, Map<T, float[]> rows, Function<T, String> key, String encoder, boolean stopped) {
        if (stopped) {
            Map<String, float[]> kept = new LinkedHashMap<>();
            rows.forEach((thing, row) -> kept.put(key.apply(thing), row));
            if (kept.isEmpty()) {
                throw new ClapException("Stopped before any feature was finished; nothing was written");
            }
            unfinished.save(encoder, kept);
            return Optional.empty();
        }
        List<T> encoded = things.stream().filter(rows::containsKey).toList();
        if (encoded.isEmpty()) {
            throw new ClapException("None of the " + things.size() + " images can be decoded; nothing was written");
        }
        List<float[]> ordered = new ArrayList<>();
        encoded.forEach(thing -> ordered.add(rows.get(thing)));
        return Optional.of(
                FeatureMatrix.ofRows(encoded.stream().map(String::valueOf).toList(), ordered.get(0).length, ordered));
    }
}
