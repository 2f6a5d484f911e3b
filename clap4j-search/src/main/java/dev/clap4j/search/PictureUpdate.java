package dev.clap4j.search;

import dev.clap4j.ClapException;
import dev.clap4j.UnreadableImage;
import dev.clap4j.internal.io.FileDigests;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.run.Blocks;
import dev.clap4j.internal.run.Steps;
import java.io.IOException;
import java.nio.file.Files;
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
    private int added;
    private int updated;
    private int unchanged;
    private int removed;
    private int encoded;

    PictureUpdate(IndexWriting writing, FeatureEncoder encoder, boolean digests) {
        this.writing = writing;
        this.encoder = encoder;
        this.digests = digests;
    }

    /** The file of a picture, its stamp taken before its content is read. */
    private record File(String path, long size, long modified, String digest, boolean isKnown) {}

    /** Brings all pictures up to date; says after each commit what is in the index. */
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
            for (UnreadableImage bad : encoder.encode(paths, steps, batch -> put(batch, toEncode))) {
                leaveOut(bad);
            }
        }
    }

    /** Returns the file of a picture if that is to be encoded; does all other work. */
    private Optional<File> examine(Path path) {
        Optional<IndexWriting.Stored> stored = writing.find(path.toString());
        File file;
        try {
            BasicFileAttributes stamp = Files.readAttributes(path, BasicFileAttributes.class);
            long modified = stamp.lastModifiedTime().toMillis();
            boolean labelled = stored.isPresent()
                    && stored.get().image().labels().equals(writing.info().labels());
            boolean same = stored.isPresent()
                    && stored.get().image().size() == stamp.size()
                    && stored.get().image().modified() == modified;
            if (same && labelled && !digests) {
                unchanged++;
                return Optional.empty();
            }
            String digest = FileDigests.ofUser().of(path);
            file = new File(path.toString(), stamp.size(), modified, digest, stored.isPresent());
            if (same && labelled && stored.get().image().digest().equals(digest)) {
                unchanged++;
                return Optional.empty();
            }
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

    /** Returns a picture with the feature of another one of the same content, if its scores need no other. */
    private Optional<ImageDocument> withKnownFeature(File file, IndexWriting.Stored same) {
        float[] feature = writing.feature(same);
        boolean labelled = same.image().labels().equals(writing.info().labels());
        Optional<float[]> styleScores =
                labelled ? Optional.of(same.image().styleScores()) : encoder.styleScores(feature);
        return styleScores.map(styles ->
                image(file, labelled ? same.image().classScores() : encoder.classScores(feature), styles, feature));
    }

    private ImageDocument image(File file, float[] classScores, float[] styleScores, float[] feature) {
        return new ImageDocument(
                file.path(),
                file.size(),
                file.modified(),
                file.digest(),
                writing.info().labels(),
                classScores,
                styleScores,
                feature);
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

    /** Leaves out a file that cannot be decoded; if the index has an earlier state of it, that is removed. */
    private void leaveOut(UnreadableImage bad) {
        unreadable.add(bad);
        remove(bad.file().toString());
    }

    private void remove(String path) {
        if (writing.find(path).isPresent()) {
            removed++;
            writing.remove(path);
        }
    }

    /** Removes pictures of folders whose files are gone. */
    void removeMissing(List<Path> folders, Set<Path> files) {
        for (Path folder : folders) {
            for (String path : writing.pathsBeginningWith(SearchFilter.beginning(folder))) {
                if (!files.contains(Path.of(path))) {
                    remove(path);
                }
            }
        }
    }

    IndexUpdate outcome() {
        return new IndexUpdate(added, updated, unchanged, removed, encoded, unreadable);
    }
}
