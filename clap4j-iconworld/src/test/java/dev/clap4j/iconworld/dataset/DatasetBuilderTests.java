package dev.clap4j.iconworld.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.ToldProgress;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.Domain;
import dev.clap4j.iconworld.dataset.BuildOptions.Domains;
import dev.clap4j.iconworld.dataset.BuildOptions.Split;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.scene.ImageType;
import dev.clap4j.iconworld.scene.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetBuilderTests {
    private static final List<IconSet> SETS = List.of(IconSet.TWEMOJI, IconSet.FXEMOJI);

    @TempDir
    Path temporary;

    private static BuildOptions options(Split split, Domains domains, int perClass) {
        return new BuildOptions(split, SETS, domains, 3, perClass, 32, 4);
    }

    /** Counts what a build tells. */
    private static final class Counts implements Progress {
        private final Map<String, Long> expected = new LinkedHashMap<>();
        private final Map<String, Long> done = new LinkedHashMap<>();
        private String part;

        @Override
        public void begin(String name, long steps, long before) {
            part = name;
            expected.put(name, steps);
            done.put(name, before);
        }

        @Override
        public void advance(long steps) {
            done.merge(part, steps, Long::sum);
        }
    }

    private static Counts build(BuildOptions options, Path folder) {
        Counts counts = new Counts();
        DatasetBuilder.build(options, folder, counts);
        assertThat(counts.done).isEqualTo(counts.expected);
        return counts;
    }

    private static Map<String, byte[]> contents(Path folder) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                contents.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private static void assertSame(Map<String, byte[]> one, Map<String, byte[]> other) {
        assertThat(other.keySet()).isEqualTo(one.keySet());
        one.forEach((name, bytes) -> assertThat(other.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void twoBuildsAreTheSameBytes() throws IOException {
        BuildOptions options = options(Split.TEST, Domains.ICON_SETS, 3);
        Counts counts = build(options, temporary.resolve("a"));
        build(options, temporary.resolve("b"));

        assertThat(counts.expected).containsExactly(Map.entry("icons", 6L), Map.entry("pictures", 18L));
        Map<String, byte[]> all = contents(temporary.resolve("a"));
        assertThat(all).hasSize(18 + 2);
        assertSame(all, contents(temporary.resolve("b")));
    }

    @Test
    void itIsADataSetWithoutAnyWarning() throws IOException {
        Path folder = temporary.resolve("data");
        build(options(Split.TRAIN, Domains.ICON_SETS, 2), folder);
        List<String> warnings = new ArrayList<>();

        Dataset dataset = Dataset.read(folder, warnings::add);

        assertThat(warnings).isEmpty();
        assertThat(dataset.classes()).containsExactly("cat", "dog", "horse");
        assertThat(dataset.domains()).extracting(Domain::name).containsExactly("fxemoji", "twemoji");
        assertThat(dataset.size()).isEqualTo(12);
        List<String> lines = Files.readAllLines(folder.resolve("captions.jsonl"));
        assertThat(lines).hasSize(12);
        JsonNode first = new JsonMapper().readTree(lines.get(0));
        Path picture = folder.resolve(first.get("image").asText());
        assertThat(dataset.files()).contains(picture);
        assertThat(first.get("concept").asText()).isEqualTo("dog");
        assertThat(first.get("icon_set").asText()).isEqualTo("twemoji");
        assertThat(DatasetBuilder.imageType(picture).word())
                .isEqualTo(first.get("image_type").asText());
        assertThat(first.get("caption").asText()).isNotBlank();
    }

    @Test
    void imageTypesCanBeTheDomains() {
        Path folder = temporary.resolve("types");
        build(options(Split.TEST, Domains.IMAGE_TYPES, 1), folder);

        Dataset dataset = Dataset.read(folder, warning -> {});

        assertThat(dataset.domains()).hasSize(ImageType.values().length);
        for (Domain domain : dataset.domains()) {
            assertThat(domain.images()).allMatch(image -> DatasetBuilder.imageType(image.path())
                    .word()
                    .equals(domain.name().replace('_', ' ')));
        }
    }

    @Test
    void whatIsMissingIsDrawnAnewAndNothingElse() throws IOException {
        BuildOptions options = options(Split.TEST, Domains.ICON_SETS, 3);
        Path folder = temporary.resolve("data");
        build(options, folder);
        Map<String, byte[]> whole = contents(folder);
        assertThat(build(options, folder).expected).isEmpty();
        List<String> names = List.copyOf(whole.keySet());
        String lost = names.stream()
                .filter(name -> name.startsWith("fxemoji/"))
                .findFirst()
                .orElseThrow();
        Files.delete(folder.resolve(lost));

        Counts again = build(options, folder);

        assertThat(again.expected).containsEntry("icons", 3L);
        assertSame(whole, contents(folder));
        Files.delete(folder.resolve("captions.jsonl"));
        build(options, folder);
        assertSame(whole, contents(folder));
    }

    @Test
    void aStoppedBuildGoesOnToTheSamePictures() throws IOException {
        BuildOptions options = options(Split.TEST, Domains.ICON_SETS, 3);
        build(options, temporary.resolve("whole"));
        Path folder = temporary.resolve("stopped");
        for (long enough : new long[] {2, 3, 4}) {
            ToldProgress stopping = ToldProgress.stopping(
                    told -> told.part().equals("pictures") && told.done() - told.before() >= enough);
            assertThatThrownBy(() -> DatasetBuilder.build(options, folder, stopping))
                    .isInstanceOf(StoppedException.class);
            assertThat(stopping.before() == 0).isEqualTo(enough == 2);
        }
        build(options, folder);
        assertSame(contents(temporary.resolve("whole")), contents(folder));
    }

    @Test
    void otherFoldersAreNotTouched() throws IOException {
        Path folder = temporary.resolve("data");
        build(options(Split.TEST, Domains.ICON_SETS, 1), folder);
        assertThatThrownBy(() -> build(options(Split.TEST, Domains.ICON_SETS, 2), folder))
                .isInstanceOf(ClapException.class)
                .hasMessageStartingWith(folder + " holds pictures that were drawn differently: ")
                .hasMessageEndingWith("; choose another folder, or delete it");

        Path other = Files.createDirectories(temporary.resolve("other"));
        Files.writeString(other.resolve("note.txt"), "");
        assertThatThrownBy(() -> build(options(Split.TEST, Domains.ICON_SETS, 1), other))
                .isInstanceOf(ClapException.class)
                .hasMessage(other + " is not empty, and holds no icon world; choose another folder");
    }

    @Test
    void noTestPictureIsATrainingPicture() {
        Set<Scene> trained = new HashSet<>();
        Set<Scene> tested = new HashSet<>();
        for (Concept concept : Concept.ALL.subList(0, 3)) {
            for (int i = 0; i < 300; i++) {
                trained.add(options(Split.TRAIN, Domains.ICON_SETS, 1).sampler().get(concept, IconSet.TWEMOJI, i));
                tested.add(options(Split.TEST, Domains.ICON_SETS, 1).sampler().get(concept, IconSet.TWEMOJI, i));
            }
        }
        assertThat(trained).hasSize(900).doesNotContainAnyElementsOf(tested);
        assertThat(tested).extracting(Scene::seed).doesNotHaveDuplicates();
    }
}
