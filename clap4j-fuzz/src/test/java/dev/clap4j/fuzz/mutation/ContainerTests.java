package dev.clap4j.fuzz.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.fuzz.Target;
import dev.clap4j.fuzz.target.Targets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerTests {
    private static List<Input> seeds(String target) {
        return new Targets()
                .targets().stream()
                        .filter(any -> any.name().equals(target))
                        .map(Target::seeds)
                        .findFirst()
                        .orElseThrow()
                        .get();
    }

    /** Whoever takes a file apart and puts it together again should have understood it. */
    @ParameterizedTest
    @CsvSource({
        "png, 3",
        "jpeg, 5",
        "gif, 3",
        "webp, 1",
        "tar, 12",
        "safetensors, 2",
        "torch, 4",
        "classes, 3",
        "torch-legacy, 10",
        "sentence-piece, 20",
        "sentence-piece-bpe, 200"
    })
    void partsMakeTheSameFile(String target, int least) {
        Container container = container(target);
        for (Input seed : seeds(target)) {
            byte[] content = seed.files().values().iterator().next();
            List<Part> parts = container.parts(content);
            assertThat(parts).hasSizeGreaterThanOrEqualTo(least);
            assertThat(container.bytes(parts)).isEqualTo(content);
        }
    }

    private static Container container(String target) {
        return switch (target) {
            case "png" -> new Png();
            case "jpeg" -> new Jpeg();
            case "gif" -> new Gif();
            case "webp" -> new Riff();
            case "tar" -> new Tar();
            case "safetensors" -> new Safetensors();
            case "torch" -> new Zip();
            case "torch-legacy" -> new Pickle();
            case "sentence-piece", "sentence-piece-bpe" -> new Protobuf();
            default -> new Lines(Mutations.TEXT);
        };
    }

    @Test
    void damagedFilesAreNoTrouble() {
        Map<String, String> names = new HashMap<>(Map.of(
                "png",
                "a.png",
                "jpeg",
                "a.jpg",
                "gif",
                "a.gif",
                "webp",
                "a.webp",
                "tiff",
                "a.tif",
                "torch",
                "a.pt",
                "torch-legacy",
                "a.pkl",
                "tokenizer-json",
                "a.json",
                "merges-gz",
                "a.gz",
                "sweep-yaml",
                "a.yaml"));
        names.put("tar", "a.tar");
        names.forEach((target, name) -> {
            byte[] content = seeds(target).get(0).files().values().iterator().next();
            for (int i = 0; i < 3_000; i++) {
                Chance chance = Chance.of(1, name, i);
                byte[] damaged = Mutations.BYTES.apply(content, chance);
                assertThat(Mutations.of(name).apply(damaged, chance)).isNotNull();
            }
        });
        Stream.of("png", "json", "gz", "tif", "txt")
                .forEach(ending -> assertThat(Mutations.of("a." + ending).apply(new byte[0], Chance.of(1, ending, 1)))
                        .isNotNull());
    }
}
