package dev.clap4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.Progress;
import dev.clap4j.SamplePictures;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.StoppedException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.prompt.ClassPrompts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
    static void load() {
        Path model = models.resolve("tiny");
        RandomCheckpoint.write("tiny", 1, Optional.of(SampleVocabulary.file()), model);
        clip = Clip.load(model);
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

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(images)) {
            return files.sorted().toList();
        }
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
        assertThat(update).isEqualTo(new IndexUpdate(n, 0, 0, 0, n, List.of()));
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
        assertThat(update()).isEqualTo(new IndexUpdate(0, 0, n, 0, 0, List.of()));
        Files.setLastModifiedTime(files().get(0), FileTime.fromMillis(1_000_000_000_000L));
        assertThat(update()).isEqualTo(new IndexUpdate(0, 1, n - 1, 0, 0, List.of()));
        Files.move(files().get(0), images.resolve("moved.png"));
        assertThat(update()).isEqualTo(new IndexUpdate(1, 0, n - 1, 1, 0, List.of()));
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
        assertThat(labelled).isEqualTo(new IndexUpdate(0, n, 0, 0, 0, List.of()));
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
                    .hasMessageContaining("was made with the model tiny");
            assertThatThrownBy(() -> ImageIndexing.with(stranger).update(index, List.of(images)))
                    .isInstanceOf(ClapException.class)
                    .hasMessageContaining("was made with the model tiny");
        }
    }

    @Test
    void whatIsNoIndexIsSaid() throws IOException {
        assertThatThrownBy(() -> ImageIndex.open(index))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("There is no index in");
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
                    assertThat(e.getMessage()).contains("is damaged");
                }
                Files.write(part, whole);
            }
        }
        assertThat(refused).isPositive();
        assertThat(find(SearchQuery.of("a dog"))).isNotEmpty();
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
