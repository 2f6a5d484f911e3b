package dev.clap4j.search;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import dev.clap4j.internal.io.FileDigests;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.run.Blocks;
import dev.clap4j.internal.run.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One update of an index: decides for each picture what is to be done, does it, and counts. */
final class PictureUpdate {
    /** The pictures examined before those among them that are new are encoded. */
    private static final int BLOCK = 2048;

    private final IndexWriting writing;
    private final FeatureEncoder encoder;
    private final boolean digests;
    private final List<UnreadableImage> unreadable = new ArrayList<>();

    /** The paths of those of them that were read. */
    private final List<String> undecodable = new ArrayList<>();

    private int added;
    private int updated;
    private int unchanged;
    private int removed;
    private int relabelled;
    private int encoded;

    PictureUpdate(IndexWriting writing, FeatureEncoder encoder, boolean digests) {
        this.writing = writing;
        this.encoder = encoder;
        this.digests = digests;
    }

    /** The file of a picture, its stamp taken before its content is read. */
    private record File(String path, long size, long modified, String digest, boolean isKnown) {}

    /** The scores of a picture. */
    private record Scores(float[] classes, float[] styles) {}

    /** Gives all pictures of the index scores by new classes and styles; others see no picture before all have them. */
    void relabel(Progress progress) {
        if (writing.hasNewLabels()) {
            Steps steps = Steps.begin(progress, "labels", writing.documents());
            writing.together(() -> {
                for (int from = 0; from < writing.documents(); from += BLOCK) {
                    relabel(from, Math.min(from + BLOCK, writing.documents()), steps);
                }
            });
        }
    }

    private void relabel(int from, int to, Steps steps) {
        Map<String, IndexWriting.Stored> toEncode = new LinkedHashMap<>();
        for (int document = from; document < to; document++) {
            Optional<IndexWriting.Stored> stored = writing.stored(document);
            stored.ifPresent(one -> relabel(one, toEncode));
            if (stored.isEmpty() || !toEncode.containsKey(stored.get().image().path())) {
                steps.advance(1);
            }
        }
        List<Path> files = toEncode.keySet().stream().map(Path::of).toList();
        List<UnreadableImage> bad = encoder.encode(files, steps, batch -> {
            for (int i = 0; i < batch.features().rows(); i++) {
                ImageDocument image =
                        toEncode.get(batch.features().ids().get(i)).image();
                put(
                        image,
                        new Scores(
                                batch.classScores().get(i), batch.styleScores().get(i)),
                        batch.features().row(i));
                encoded++;
            }
        });
        bad.forEach(one -> putWithoutStyle(toEncode.get(one.file().toString())));
    }

    /** Relabels a picture, or has it encoded. */
    private void relabel(IndexWriting.Stored stored, Map<String, IndexWriting.Stored> toEncode) {
        float[] feature = writing.feature(stored);
        Optional<Scores> scores = scores(stored, feature);
        scores.ifPresent(known -> put(stored.image(), known, feature));
        if (scores.isEmpty() && isAsIndexed(stored.image())) {
            toEncode.put(stored.image().path(), stored);
        } else if (scores.isEmpty()) {
            putWithoutStyle(stored);
        }
    }

    private void putWithoutStyle(IndexWriting.Stored stored) {
        float[] feature = writing.feature(stored);
        put(stored.image(), new Scores(encoder.classScores(feature), new float[0]), feature);
    }

    private void put(ImageDocument image, Scores scores, float[] feature) {
        relabelled++;
        writing.put(new ImageDocument(
                image.path(),
                image.size(),
                image.modified(),
                image.digest(),
                scores.classes(),
                scores.styles(),
                feature));
    }

    private static boolean isAsIndexed(ImageDocument image) {
        Optional<Path> file = path(image.path());
        try {
            return file.isPresent() && isSame(image, Files.readAttributes(file.get(), BasicFileAttributes.class));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isSame(ImageDocument image, BasicFileAttributes stamp) {
        return image.size() == stamp.size()
                && image.modified() == stamp.lastModifiedTime().toMillis();
    }

    /**
     * Brings all pictures up to date; says after each commit what is in the index.
     *
     * @throws ClapException if none of them can be read
     */
    void run(List<Path> files, Steps steps) {
        writing.onCommit(() -> steps.milestone(
                String.format("in the index: %d added, %d updated, %d removed", added, updated, removed)));
        for (List<Path> block : Blocks.of(files, BLOCK)) {
            Map<String, File> toEncode = new LinkedHashMap<>();
            for (Path path : block) {
                Optional<File> file = examine(path);
                file.ifPresent(found -> toEncode.put(found.path(), found));
                if (file.isEmpty()) {
                    steps.advance(1);
                }
            }
            List<Path> paths = toEncode.keySet().stream().map(Path::of).toList();
            List<UnreadableImage> bad = encoder.encode(paths, steps, batch -> put(batch, toEncode));
            unreadable.addAll(bad);
            bad.forEach(one -> undecodable.add(one.file().toString()));
        }
        if (unreadable.size() == files.size()) {
            throw new ClapException("No image can be read, so nothing is indexed: " + files.size() + " of "
                    + files.size() + " failed, the first: " + unreadable.get(0).reason());
        }
    }

    /** Returns the file of a picture if that is to be encoded; does all other work. */
    private Optional<File> examine(Path path) {
        if (!path(path.toString()).equals(Optional.of(path))) {
            unreadable.add(new UnreadableImage(
                    path,
                    "Cannot index " + path + ": its name, or that of a folder, has bytes that mean nothing in "
                            + IndexFolder.ENCODING + ", the encoding of names here; rename it"));
            return Optional.empty();
        }
        Optional<IndexWriting.Stored> stored = writing.find(path.toString());
        File file;
        try {
            BasicFileAttributes stamp = Files.readAttributes(path, BasicFileAttributes.class);
            boolean same = stored.isPresent() && isSame(stored.get().image(), stamp);
            if (same && !digests) {
                unchanged++;
                return Optional.empty();
            }
            String digest = FileDigests.ofUser().of(path);
            if (same && stored.get().image().digest().equals(digest)) {
                unchanged++;
                return Optional.empty();
            }
            file = new File(
                    path.toString(), stamp.size(), stamp.lastModifiedTime().toMillis(), digest, stored.isPresent());
        } catch (IOException e) {
            // The picture may be as before, so its entry stays.
            unreadable.add(new UnreadableImage(path, "Cannot read " + path + ": " + IoReasons.of(e)));
            return Optional.empty();
        } catch (ClapException e) {
            unreadable.add(new UnreadableImage(path, e.getMessage()));
            return Optional.empty();
        }
        Optional<ImageDocument> known = stored.filter(
                        old -> old.image().digest().equals(file.digest()))
                .or(() -> writing.findContent(file.digest()))
                .flatMap(same -> withKnownFeature(file, same));
        known.ifPresent(image -> put(image, file));
        return known.isPresent() ? Optional.empty() : Optional.of(file);
    }

    /** Returns a path; empty if it cannot be one here, since the index was made where names have another encoding. */
    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Returns a picture with the feature of another one of the same content, if its scores need no other. */
    private Optional<ImageDocument> withKnownFeature(File file, IndexWriting.Stored same) {
        float[] feature = writing.feature(same);
        return scores(same, feature).map(scores -> image(file, scores.classes(), scores.styles(), feature));
    }

    /** Returns the scores of a picture, if they need nothing but its feature. */
    private Optional<Scores> scores(IndexWriting.Stored stored, float[] feature) {
        ImageDocument image = stored.image();
        if (!writing.hasNewLabels()) {
            return Optional.of(new Scores(image.classScores(), image.styleScores()));
        }
        return (writing.hasNewStyles() ? encoder.styleScores(feature) : Optional.of(image.styleScores()))
                .map(styles -> new Scores(encoder.classScores(feature), styles));
    }

    private ImageDocument image(File file, float[] classScores, float[] styleScores, float[] feature) {
        return new ImageDocument(
                file.path(), file.size(), file.modified(), file.digest(), classScores, styleScores, feature);
    }

    private void put(FeatureEncoder.Batch batch, Map<String, File> files) {
        for (int i = 0; i < batch.features().rows(); i++) {
            File file = files.get(batch.features().ids().get(i));
            put(
                    image(
                            file,
                            batch.classScores().get(i),
                            batch.styleScores().get(i),
                            batch.features().row(i)),
                    file);
            encoded++;
        }
    }

    /** Counts before it writes, so that what is said of a commit is what is in it. */
    private void put(ImageDocument image, File file) {
        if (file.isKnown()) {
            updated++;
        } else {
            added++;
        }
        writing.put(image);
    }

    private void remove(String path) {
        if (writing.find(path).isPresent()) {
            removed++;
            writing.remove(path);
        }
    }

    /** Removes pictures whose files cannot be decoded any more, and those of folders whose files are gone. */
    void removeMissing(List<Path> folders, Set<Path> files) {
        undecodable.forEach(this::remove);
        for (Path folder : folders) {
            for (String path : writing.pathsBeginningWith(SearchFilter.beginning(folder))) {
                if (path(path).filter(file -> !files.contains(file)).isPresent()) {
                    remove(path);
                }
            }
        }
    }

    /**
     * Returns what was done.
     *
     * @param ignored says which files were passed over
     */
    IndexUpdate outcome(String ignored) {
        return new IndexUpdate(added, updated, unchanged, removed, relabelled, encoded, unreadable, ignored);
    }
}
