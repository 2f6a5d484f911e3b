package dev.clap4j.search;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.image.IgnoredFiles;
import dev.clap4j.internal.image.ImageFiles;
import dev.clap4j.internal.io.FolderLock;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.prompt.ClassPrompts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes indexes of pictures and brings them up to date.
 *
 * <pre>{@code
 * ImageIndexing.with(clip).update(Path.of("my.index"), List.of(Path.of("photos")));
 * }</pre>
 *
 * <p>An index holds what the model says of each picture, after its head if it has one: features before the head are not
 * kept, so that another head or alpha needs another index. Each index has one writer at a time; others can search it
 * meanwhile. Work that was stopped or killed goes on with the next update, from the last commit, at most a thousand
 * pictures or ten seconds before.
 *
 * <p>Immutable and thread-safe. It does not own the model.
 */
public final class ImageIndexing {
    /** The styles of which each picture has a score unless others are given. */
    public static final List<String> STYLES = List.of("photo", "painting", "sketch", "cartoon");

    private final Clip clip;
    private final String modelSource;
    private final String headSource;
    private final Optional<Map<String, List<String>>> classes;
    private final Optional<List<String>> styles;
    private final boolean digests;

    private ImageIndexing(
            Clip clip,
            String modelSource,
            String headSource,
            Optional<Map<String, List<String>>> classes,
            Optional<List<String>> styles,
            boolean digests) {
        this.clip = clip;
        this.modelSource = modelSource;
        this.headSource = headSource;
        this.classes = classes;
        this.styles = styles;
        this.digests = digests;
    }

    /** Returns indexing with a model. */
    public static ImageIndexing with(Clip clip) {
        return new ImageIndexing(clip, "", "", Optional.empty(), Optional.empty(), false);
    }

    /** Returns this indexing with the path or name by which users find the model, kept in the index. */
    public ImageIndexing withModelSource(String source) {
        return new ImageIndexing(clip, source, headSource, classes, styles, digests);
    }

    /** Returns this indexing with the path by which users find the head, kept in the index. */
    public ImageIndexing withHeadSource(String source) {
        return new ImageIndexing(clip, modelSource, source, classes, styles, digests);
    }

    /** Returns this indexing with classes, of which each picture gets a score; by default those of the index stay. */
    public ImageIndexing withClasses(ClassPrompts prompts) {
        return new ImageIndexing(clip, modelSource, headSource, Optional.of(prompts.prompts()), styles, digests);
    }

    /**
     * Returns this indexing with words for styles, of which each picture gets a score; by default those of the index
     * stay, and a new one has {@link #STYLES}.
     *
     * @param words such as {@code sketch}; may be empty
     */
    public ImageIndexing withStyles(List<String> words) {
        return new ImageIndexing(clip, modelSource, headSource, classes, Optional.of(List.copyOf(words)), digests);
    }

    /** Returns this indexing with files compared by their content, not only by size and time of modification. */
    public ImageIndexing withDigests(boolean compared) {
        return new ImageIndexing(clip, modelSource, headSource, classes, styles, compared);
    }

    /** Calls {@link #update(Path, List, Progress)} without progress. */
    public IndexUpdate update(Path index, List<Path> images) {
        return update(index, images, Progress.NONE);
    }

    /**
     * Makes an index, or brings one up to date: adds new pictures, replaces changed ones, and removes those that are gone
     * from the given folders. Pictures of other folders stay. New classes and styles are given to all pictures first, and
     * become visible for all of them at once.
     *
     * @param index a folder, which is created if it does not exist
     * @param images folders, searched at any depth, or single files
     * @throws ClapException if a folder has no images, none of them can be read, the index is being written, was made with another model or head,
     *     is damaged, or cannot be written
     * @throws StoppedException if the progress requests it; what is done is in the index, but no part of new classes or
     *     styles
     */
    public IndexUpdate update(Path index, List<Path> images, Progress progress) {
        IgnoredFiles others = new IgnoredFiles();
        List<Path> files = files(images, others);
        IndexFolder folder = new IndexFolder(index);
        folder.requireIndexOrNothing();
        FolderLock lock = FolderLock.take(index);
        try (IndexWriting writing = IndexWriting.open(folder, before -> Optional.of(origin(before, folder)));
                FeatureEncoder encoder = FeatureEncoder.of(clip, writing.info())) {
            PictureUpdate update = new PictureUpdate(writing, encoder, digests);
            update.relabel(progress);
            try {
                update.run(files, Steps.begin(progress, "images", files.size()));
                update.removeMissing(folders(images), Set.copyOf(files));
            } catch (StoppedException e) {
                writing.commit();
                throw e;
            }
            progress.begin("merging", 1, 0);
            writing.finish();
            progress.advance(1);
            return update.outcome(others.summary().orElse(""));
        } finally {
            lock.close();
        }
    }

    private IndexInfo origin(Optional<IndexInfo> before, IndexFolder folder) {
        before.ifPresent(known -> requireSame(known, folder));
        return IndexInfo.of(
                clip,
                latest(modelSource, before.map(IndexInfo::modelSource)),
                latest(headSource, before.map(IndexInfo::headSource)),
                classes.orElseGet(() -> before.map(IndexInfo::classPrompts).orElse(Map.of())),
                styles.orElseGet(() -> before.map(IndexInfo::styles).orElse(STYLES)));
    }

    /** A source that is given replaces an earlier one, which may have moved. */
    private static String latest(String given, Optional<String> before) {
        return given.isEmpty() ? before.orElse("") : given;
    }

    private void requireSame(IndexInfo known, IndexFolder folder) {
        known.requireSame(clip, folder);
        String precision = ClipAccess.encoders(clip).engine().precision().toString();
        if (!known.precision().equals(precision)) {
            throw new ClapException("The index " + folder + " was made in the precision " + known.precision() + ", not "
                    + precision + "; use the same, or make another index");
        }
    }

    private static List<Path> files(List<Path> images, IgnoredFiles others) {
        Set<Path> files = new LinkedHashSet<>();
        for (Path path : images) {
            ImageFiles.list(path, others).forEach(file -> files.add(absolute(file)));
        }
        if (files.isEmpty()) {
            throw new ClapException("There are no images to index");
        }
        return new ArrayList<>(files);
    }

    private static List<Path> folders(List<Path> images) {
        return images.stream()
                .filter(Files::isDirectory)
                .map(ImageIndexing::absolute)
                .toList();
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
