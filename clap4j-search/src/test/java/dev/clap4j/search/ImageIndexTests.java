package dev.clap4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.Problem;
import dev.clap4j.Progress;
import dev.clap4j.SamplePictures;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.StoppedException;
import dev.clap4j.TinyClip;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.prompt.ClassPrompts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImageIndexTests {
    @TempDir
    private static Path models;

    private static Clip clip;

    @TempDir
    private Path folder;

    private Path images;
    private Path index;

    @BeforeAll
    static void load() throws IOException {
        clip = Clip.load(TinyClip.write(models));
    }

    @AfterAll
    static void close() {
        clip.close();
    }

    @BeforeEach
    void copyPictures() throws IOException {
        images = Files.createDirectory(folder.resolve("images"));
        index = folder.resolve("index");
        Path dogs = SamplePictures.folder("photo/dog");
        try (Stream<Path> files = Files.walk(dogs)) {
            int number = 0;
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Files.copy(file, images.resolve(number++ + " " + file.getFileName()));
            }
        }
    }

    private IndexUpdate update() {
        return ImageIndexing.with(clip).update(index, List.of(images));
    }

    private static IndexUpdate outcome(int added, int updated, int unchanged, int removed, int encoded) {
        return new IndexUpdate(added, updated, unchanged, removed, 0, encoded, List.of(), "");
    }

    private static IndexUpdate relabelled(int unchanged, int relabelled, int encoded) {
        return new IndexUpdate(0, 0, unchanged, 0, relabelled, encoded, List.of(), "");
    }

    private List<Path> files() throws IOException {
        return list(images);
    }

    private List<FoundImage> find(SearchQuery query) {
        try (ImageIndex opened = ImageIndex.open(index)) {
            return opened.search(clip).find(query);
        }
    }

    /** The cosines are those of the features that the model gives, in order. */
    @Test
    void searchRanksByTheModelsFeatures() throws IOException {
        int n = files().size();
        IndexUpdate update = update();
        assertThat(update).isEqualTo(outcome(n, 0, 0, 0, n));
        FeatureMatrix features = clip.embed(files().stream().map(Image::of).toList());
        float[][] cosines = clip.embedTexts("a red guitar").similarity(features);
        List<FoundImage> found = find(SearchQuery.of("a red guitar").withTop(n));
        assertThat(found).hasSize(n);
        List<Float> expected = new ArrayList<>();
        for (float cosine : cosines[0]) {
            expected.add(cosine);
        }
        expected.sort((a, b) -> Float.compare(b, a));
        for (int i = 0; i < n; i++) {
            assertThat(found.get(i).similarity())
                    .isCloseTo(expected.get(i), org.assertj.core.data.Offset.offset(1e-5f));
        }
        Path first = files().get(0);
        assertThat(find(SearchQuery.of(Image.of(first)).withTop(1)))
                .singleElement()
                .satisfies(
                        one -> assertThat(one.similarity()).isCloseTo(1f, org.assertj.core.data.Offset.offset(1e-5f)));
    }

    /** Only what is new goes through the model: an untouched, touched or moved picture keeps its feature. */
    @Test
    void updatesDoNoMoreThanIsNeeded() throws IOException {
        int n = files().size();
        update();
        assertThat(update()).isEqualTo(outcome(0, 0, n, 0, 0));
        Files.setLastModifiedTime(files().get(0), FileTime.fromMillis(1_000_000_000_000L));
        assertThat(update()).isEqualTo(outcome(0, 1, n - 1, 0, 0));
        Files.move(files().get(0), images.resolve("moved.png"));
        assertThat(update()).isEqualTo(outcome(1, 0, n - 1, 1, 0));
        Files.copy(files().get(0), images.resolve("moved.png"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.delete(files().get(1));
        assertThat(update().removed()).isEqualTo(1);
        try (ImageIndex opened = ImageIndex.open(index)) {
            assertThat(opened.size()).isEqualTo(n - 1);
            assertThat(opened.image(images.resolve("moved.png"))).isPresent();
        }
    }

    @Test
    void newLabelsNeedNoEncoding() throws IOException {
        int n = files().size();
        update();
        IndexUpdate labelled = ImageIndexing.with(clip)
                .withClasses(ClassPrompts.of("dog", "guitar"))
                .update(index, List.of(images));
        assertThat(labelled).isEqualTo(relabelled(n, n, 0));
        SearchQuery dogs = SearchQuery.of("a dog").withTop(n);
        int found = 0;
        for (String name : List.of("dog", "guitar")) {
            List<FoundImage> ofClass = find(dogs.withFilter(SearchFilter.NONE.withClasses(Set.of(name))));
            assertThat(ofClass)
                    .allSatisfy(one -> assertThat(one.image().className()).contains(name));
            found += ofClass.size();
        }
        assertThat(found).isEqualTo(n);
        assertThatThrownBy(() -> find(dogs.withFilter(SearchFilter.NONE.withClasses(Set.of("cat")))))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("no class \"cat\"");
    }

    @Test
    void picturesThatCannotBeDecodedAreListed() throws IOException {
        int n = files().size();
        Path bad = Files.writeString(images.resolve("bad.png"), "no picture");
        IndexUpdate update = update();
        assertThat(update.added()).isEqualTo(n);
        assertThat(update.unreadable()).singleElement().satisfies(one -> assertThat(one.file())
                .isEqualTo(bad));
    }

    @Test
    void anotherModelIsRefused() {
        update();
        Path other = models.resolve("other");
        if (!Files.exists(other)) {
            RandomCheckpoint.write("tiny", 2, Optional.of(SampleVocabulary.file()), other);
        }
        try (Clip stranger = Clip.load(other);
                ImageIndex opened = ImageIndex.open(index)) {
            assertThatThrownBy(() -> opened.search(stranger))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("was made with the model tiny-clip");
            assertThatThrownBy(() -> ImageIndexing.with(stranger).update(index, List.of(images)))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("was made with the model tiny-clip");
        }
    }

    @Test
    void emptyTextsAreRefused() {
        for (ThrowingCallable query : List.<ThrowingCallable>of(
                () -> SearchQuery.of(" "), () -> SearchQuery.of("a dog").butNot(""))) {
            assertThatThrownBy(query)
                    .isInstanceOf(ClapException.class)
                    .hasMessage("A text to search for is empty; leave it out");
        }
    }

    @Test
    void whatIsNoIndexIsSaid() throws IOException {
        assertThatThrownBy(() -> ImageIndex.open(index))
                .isInstanceOf(ClapException.class)
                .hasMessage("There is no index " + index + ": there is no such folder");
        assertThatThrownBy(() -> ImageIndex.open(files().get(0)))
                .isInstanceOf(ClapException.class)
                .hasMessage(files().get(0) + " is a file, and an index is a folder");
        assertThatThrownBy(() -> ImageIndex.open(images))
                .isInstanceOf(ClapException.class)
                .hasMessage("The folder " + images + " holds no index")
                .extracting(e -> ((ClapException) e).problem())
                .isEqualTo(Optional.of(Problem.NO_INDEX));
        Files.createDirectory(index);
        Files.writeString(index.resolve("letter.txt"), "mine");
        assertThatThrownBy(this::update)
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("holds other files than an index");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> ImageIndexing.with(clip).update(folder.resolve("new"), List.of(empty)))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("There are no images in");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    /** Each file of the index cut short or overwritten is an error in words, or does no harm. */
    @Test
    void aDamagedIndexIsOneError() throws IOException {
        update();
        List<Path> parts;
        try (Stream<Path> files = Files.list(index)) {
            parts = files.filter(Files::isRegularFile).toList();
        }
        int refused = 0;
        for (Path part : parts) {
            byte[] whole = Files.readAllBytes(part);
            for (byte[] bad : List.of(java.util.Arrays.copyOf(whole, whole.length / 2), new byte[whole.length])) {
                Files.write(part, bad);
                try {
                    find(SearchQuery.of("a dog"));
                } catch (ClapException e) {
                    refused++;
                    assertThat(e.getMessage()).contains("is damaged: ").doesNotContain("Exception");
                }
                Files.write(part, whole);
            }
        }
        assertThat(refused).isPositive();
        assertThat(find(SearchQuery.of("a dog"))).isNotEmpty();
    }

    /** Nobody knows what belongs to an index whose commit is gone, so nothing is begun anew over it. */
    @Test
    void anIndexWithoutItsCommitIsRefused() throws IOException {
        update();
        List<Path> left = new ArrayList<>();
        for (Path file : list(index)) {
            if (file.getFileName().toString().startsWith("segments_")) {
                Files.delete(file);
            } else {
                left.add(file);
            }
        }
        assertThatThrownBy(this::update)
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("is damaged: its file segments_N is missing; restore the folder");
        assertThatThrownBy(() -> ImageIndex.open(index))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("is damaged: its file segments_N is missing");
        assertThat(list(index)).isEqualTo(left);
    }

    @Test
    void anIndexOfAnotherVersionIsSaid() throws IOException {
        update();
        try (Directory directory = FSDirectory.open(index);
                DirectoryReader reader = DirectoryReader.open(directory);
                IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(null))) {
            Map<String, String> description =
                    new HashMap<>(reader.getIndexCommit().getUserData());
            assertThat(description.get("clap4j")).contains("\"headSource\":\"\",");
            description.replaceAll((key, json) -> json.replace("\"headSource\":\"\",", ""));
            writer.setLiveCommitData(description.entrySet());
            writer.commit();
        }
        for (ThrowingCallable work : List.<ThrowingCallable>of(() -> ImageIndex.open(index), this::update)) {
            assertThatThrownBy(work)
                    .isInstanceOf(ClapException.class)
                    .hasMessage("The index " + index
                            + " was made by another version of clap4j; index the pictures again, in a new folder");
        }
    }

    /** A disk that fails, or a wrong folder, neither makes an index nor empties one. */
    @Test
    void picturesNoneOfWhichCanBeReadChangeNothing() throws IOException {
        Path bad = Files.createDirectory(folder.resolve("bad"));
        Files.writeString(bad.resolve("a.png"), "no picture");
        Files.writeString(bad.resolve("b.png"), "no picture");
        assertThatThrownBy(() -> ImageIndexing.with(clip).update(index, List.of(bad)))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("No image can be read, so nothing is indexed: 2 of 2 failed")
                .hasMessageContaining("a.png");
        assertThat(index).doesNotExist();

        int n = files().size();
        update();
        for (Path file : files()) {
            Files.writeString(file, "no picture any more");
        }
        assertThatThrownBy(() -> ImageIndexing.with(clip)
                        .withClasses(ClassPrompts.of("dog"))
                        .update(index, List.of(images)))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("No image can be read, so nothing is indexed: " + n + " of " + n);
        try (ImageIndex opened = ImageIndex.open(index)) {
            assertThat(opened.size()).isEqualTo(n);
            assertThat(opened.info().classes()).isEmpty();
        }
    }

    /** A picture that cannot be read, unlike one that is damaged, may be as before. */
    @Test
    void aPictureThatCannotBeReadKeepsItsEntry() throws IOException {
        int n = files().size();
        update();
        Path file = files().get(0);
        Progress replacing = new Progress() {
            @Override
            public void begin(String part, long steps, long before) {
                try {
                    if (Files.isRegularFile(file)) {
                        // After the folder was listed, before files are read.
                        Files.delete(file);
                        Files.createDirectory(file);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        IndexUpdate update = ImageIndexing.with(clip).update(index, List.of(images), replacing);
        assertThat(update.unreadable()).singleElement().satisfies(one -> assertThat(one.reason())
                .isEqualTo(file + " is a folder; a file was expected"));
        try (ImageIndex opened = ImageIndex.open(index)) {
            assertThat(opened.image(file)).isPresent();
            assertThat(opened.size()).isEqualTo(n);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksThatLeadBackAreLeftOut() throws IOException {
        int n = files().size();
        Files.createSymbolicLink(images.resolve("loop"), images);
        IndexUpdate update = update();
        assertThat(update.added()).isEqualTo(n);
        assertThat(update.ignored())
                .contains("1 link to a folder above it", images.resolve("loop").toString());
    }

    /** Java has no text that leads to such a file again, so it is left out each time, and nothing stands for it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void namesThatAreNoTextAreLeftOut() throws Exception {
        int n = files().size();
        Process copy = new ProcessBuilder(
                        "sh",
                        "-c",
                        "cp \"$1\" \"$2/$(printf 'no-\\377.png')\"",
                        "sh",
                        files().get(0).toString(),
                        images.toString())
                .inheritIO()
                .start();
        assertThat(copy.waitFor()).isZero();
        IndexUpdate first = update();
        assertThat(first.added()).isEqualTo(n);
        assertThat(first.unreadable()).singleElement().satisfies(one -> assertThat(one.reason())
                .contains("its name, or that of a folder, has bytes that mean nothing in"));
        for (int i = 0; i < 2; i++) {
            IndexUpdate again = update();
            assertThat(again.unchanged()).isEqualTo(n);
            assertThat(again.added() + again.removed() + again.updated()).isZero();
            assertThat(again.unreadable()).isEqualTo(first.unreadable());
        }
    }

    /** Whoever searches sees the old classes or the new ones, and never a part of the pictures with them. */
    @Test
    void newClassesAreSeenTogether() throws IOException {
        update();
        Path first = files().get(0);
        for (int i = 0; i < 1100; i++) {
            Files.copy(first, images.resolve("copy " + i + ".png"));
        }
        ImageIndexing.with(clip).withClasses(ClassPrompts.of("dog", "guitar")).update(index, List.of(images));
        int n = files().size();
        Set<List<String>> seen = new HashSet<>();
        Progress watching = new Progress() {
            private long done;

            @Override
            public void advance(long steps) {
                done += steps;
                if (done % 100 == 1) {
                    seen.add(classesOfAll(n));
                }
            }
        };
        ImageIndexing.with(clip).withClasses(ClassPrompts.of("cat", "house")).update(index, List.of(images), watching);
        seen.add(classesOfAll(n));
        assertThat(seen).contains(List.of("dog", "guitar"), List.of("cat", "house"));
    }

    private List<String> classesOfAll(int pictures) {
        try (ImageIndex opened = ImageIndex.open(index)) {
            List<String> classes = opened.info().classes();
            SearchQuery labelled = SearchQuery.of("a dog")
                    .withTop(2000)
                    .withFilter(SearchFilter.NONE.withClasses(Set.copyOf(classes)));
            assertThat(opened.search(clip).find(labelled)).hasSize(pictures);
            return classes;
        }
    }

    /** Stopped before all pictures have the new classes, none has them. */
    @Test
    void newClassesThatAreStoppedAreNotSeen() throws IOException {
        update();
        Progress stopping = new Progress() {
            @Override
            public boolean stopRequested() {
                return true;
            }
        };
        assertThatThrownBy(() -> ImageIndexing.with(clip)
                        .withClasses(ClassPrompts.of("dog", "guitar"))
                        .update(index, List.of(images), stopping))
                .isInstanceOf(StoppedException.class);
        try (ImageIndex opened = ImageIndex.open(index)) {
            assertThat(opened.info().classes()).isEmpty();
        }
    }

    @Test
    void classesInAnotherOrderKeepTheirScores() throws IOException {
        ImageIndexing.with(clip).withClasses(ClassPrompts.of("dog", "guitar")).update(index, List.of(images));
        Path file = files().get(0);
        Map<String, Float> before = image(file).classScores();
        ImageIndexing.with(clip).withClasses(ClassPrompts.of("guitar", "dog")).update(index, List.of(images));
        assertThat(image(file).classScores()).isEqualTo(before);
    }

    private IndexedImage image(Path file) {
        try (ImageIndex opened = ImageIndex.open(index)) {
            return opened.image(file).orElseThrow();
        }
    }

    /** A head hides the style, so new styles need the files; new classes do not. */
    @Test
    void withAHeadOnlyNewStylesNeedEncoding() throws IOException {
        int n = files().size();
        Path gone = Files.createDirectory(folder.resolve("gone")).resolve("gone.png");
        Files.copy(files().get(0), gone);
        try (Clip robust = clip.with(TinyClip.head(1))) {
            ImageIndexing indexing = ImageIndexing.with(robust);
            indexing.update(index, List.of(images, gone.getParent()));
            Files.delete(gone);
            Map<String, Float> styles = image(gone).styleScores();
            assertThat(indexing.withClasses(ClassPrompts.of("dog", "cat")).update(index, List.of(images)))
                    .isEqualTo(relabelled(n, n + 1, 0));
            assertThat(image(gone).styleScores()).isEqualTo(styles).isNotEmpty();
            assertThat(indexing.withStyles(List.of("photo", "icon")).update(index, List.of(images)))
                    .isEqualTo(relabelled(n, n + 1, n));
        }
        assertThat(image(files().get(0)).styleScores()).containsOnlyKeys("photo", "icon");
        assertThat(image(gone).styleScores()).isEmpty();
        assertThat(image(gone).classScores()).containsOnlyKeys("dog", "cat");
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Stopped work is kept; whoever searches meanwhile sees whole commits; a second writer is refused. */
    @Test
    void stoppedWorkGoesOnWhileOthersSearch() throws IOException {
        for (int i = 0; i < 3; i++) {
            for (Path file : files()) {
                Files.copy(file, images.resolve("copy " + i + " " + file.getFileName()));
            }
        }
        int n = files().size();
        List<String> refusals = new ArrayList<>();
        List<Integer> seen = new ArrayList<>();
        Progress stopping = new Progress() {
            private long done;

            @Override
            public void advance(long steps) {
                done += steps;
                try {
                    update();
                } catch (ClapException e) {
                    refusals.add(e.getMessage());
                }
                seen.add(find(SearchQuery.of("a dog")).size());
            }

            @Override
            public boolean stopRequested() {
                return done > 0;
            }
        };
        assertThatThrownBy(() -> ImageIndexing.with(clip).update(index, List.of(images), stopping))
                .isInstanceOf(StoppedException.class);
        assertThat(refusals).isNotEmpty().allMatch(said -> said.contains("is being written by another run"));
        assertThat(seen).containsOnly(0);
        int kept;
        try (ImageIndex opened = ImageIndex.open(index)) {
            kept = opened.size();
            assertThat(kept).isBetween(1, n - 1);
            IndexUpdate rest = update();
            assertThat(rest.unchanged()).isEqualTo(kept);
            assertThat(rest.added()).isEqualTo(n - kept);
            assertThat(opened.size()).isEqualTo(kept);
            assertThat(opened.refresh()).isTrue();
            assertThat(opened.size()).isEqualTo(n);
        }
    }
}
