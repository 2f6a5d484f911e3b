package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Faults;
import dev.clap4j.Golden;
import dev.clap4j.Logged;
import dev.clap4j.Numbers;
import dev.clap4j.SamplePictures;
import dev.clap4j.SampleVocabulary;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.RandomCheckpoint;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbedCommandTests {
    @TempDir
    private Path folder;

    /** Anyone can check an implementation against another with the same two commands. */
    @ParameterizedTest
    @CsvSource({
        "clip-vit-tiny/openai/model_torchscript.pt, clip-vit-tiny, ''",
        "clip-vit-tiny/huggingface, clip-vit-tiny, ''",
        "clip-resnet-tiny/openai/model.safetensors, clip-resnet-tiny, ''",
        "clip-resnet-tiny/openai/model_state_dict_fp16.pt, clip-resnet-tiny, ''",
        "openclip-naming, openclip-naming, quickgelu_",
    })
    void preparedInputsGiveTheReferencesFeatures(String model, String golden, String prefix) {
        Path io = Golden.file(golden + "/io.safetensors");
        for (String kind : List.of("image", "text")) {
            Path out = folder.resolve(kind + ".safetensors");
            String input = kind.equals("image") ? "--pixels" : "--tokens";
            String tensor = io + "#" + (kind.equals("image") ? "image" : "tokens");
            CommandRun run = CommandRun.of("embed", "--model", Golden.file(model), input, tensor, "--out", out);
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isEqualTo(Clap.DONE);
            Numbers.assertClose(
                    FeatureFiles.load(out.toString()).values(),
                    SafetensorsFile.open(io).get(prefix + kind + "_features").toFloats(),
                    1e-4); // The contract of GoldenFeaturesContract.
        }
    }

    @Test
    void imagesAndTextsOfAnyLength() throws IOException {
        Path model = folder.resolve("model");
        Path vocabulary = SampleVocabulary.file();
        RandomCheckpoint.write("tiny", 1, Optional.of(vocabulary), model);
        Path dogs = SamplePictures.folder("photo/dog");
        CommandRun images =
                CommandRun.of("embed", "--model", model, "--images", dogs, "--out", folder.resolve("i.jsonl"));
        assertThat(images.exitCode()).as(images.err()).isEqualTo(Clap.DONE);
        assertThat(Files.readAllLines(folder.resolve("i.jsonl")))
                .hasSize(12)
                .allMatch(line -> line.contains("photo/dog/"));

        Path texts = Files.writeString(folder.resolve("texts.txt"), "a dog\n" + "word ".repeat(80) + "\n");
        Path out = folder.resolve("t.safetensors");
        CommandRun run = CommandRun.of("embed", "--model", model, "--texts", texts, "--normalise", "--out", out);
        assertThat(run.exitCode()).isEqualTo(Clap.DONE);
        assertThat(run.err()).contains("1 of 2 texts have more than 77 tokens and are truncated");
        FeatureMatrix features = FeatureFiles.load(out.toString());
        assertThat(features.ids()).hasSize(2).startsWith("a dog");
        double square = 0;
        for (float x : features.row(1)) {
            square += x * x;
        }
        assertThat(square).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5));
    }

    /** open_clip's features of weights without a configuration: GELU, and heads 32 wide. */
    @Test
    void whatWeightsCannotSayIsGiven() {
        Path model = Faults.file("no-config-gelu-heads/vit_b_32-laion2b_e16.pt");
        Path io = Faults.file("no-config-gelu-heads/reference.safetensors");
        Path out = folder.resolve("image.safetensors");
        Object[] arguments = {"embed", "--model", model, "--pixels", io + "#pixels", "--out", out};
        String warning = Logged.by(() -> CommandRun.of(arguments));
        assertThat(warning)
                .contains("GELU", "1 head for images, 64 wide", "give the activation and the number of heads");
        String silence = Logged.by(() -> {
            List<Object> given = new ArrayList<>(List.of(arguments));
            given.addAll(List.of("--activation", "gelu", "--heads", "2,2"));
            CommandRun run = CommandRun.of(given.toArray());
            assertThat(run.exitCode()).as(run.err()).isEqualTo(Clap.DONE);
        });
        assertThat(silence).isEmpty();
        Numbers.assertClose(
                FeatureFiles.load(out.toString()).values(),
                SafetensorsFile.open(io).get("expected_image").toFloats(),
                1e-4); // The contract of GoldenFeaturesContract.
    }

    @ParameterizedTest
    @CsvSource({"--activation, relu", "--heads, 0", "--heads, '1,2,3'", "--heads, many"})
    void geometryThatIsNoneIsWrongUse(String option, String value) {
        CommandRun run = CommandRun.of("embed", "--model", "m.pt", option, value, "--texts", "t", "--out", "x.npy");
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err()).contains(option, value);
    }

    @Test
    void geometryIsForModelsOfOnesOwn() throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.txt"), "a dog\n");
        CommandRun run = CommandRun.of("embed", "--heads", "2", "--texts", texts, "--out", folder.resolve("x.npy"));
        assertThat(run.exitCode()).isEqualTo(Clap.WRONG_USE);
        assertThat(run.err()).contains("--activation and --heads are for weights of your own; name them with --model");
    }

    @Test
    void wrongUseIsExplained() {
        Path model = TinyModel.write(folder.resolve("model"));
        Path pixels = folder.resolve("pixels.safetensors");
        SafetensorsFile.write(
                pixels, Map.of(), List.of(TensorData.of("image", new float[2 * 3 * 64 * 64], 2, 3, 64, 64)));
        assertThat(CommandRun.of("embed", "--model", model, "--out", "x.npy").exitCode())
                .isEqualTo(Clap.WRONG_USE);
        CommandRun texts = CommandRun.of("embed", "--model", model, "--texts", "t.txt", "--out", folder + "/x.npy");
        assertThat(texts.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(texts.err()).contains("t.txt");
        CommandRun shape =
                CommandRun.of("embed", "--model", model, "--pixels", pixels + "#image", "--out", folder + "/x.npy");
        assertThat(shape.exitCode()).isEqualTo(Clap.FAILED);
        assertThat(shape.err())
                .isEqualToNormalizingNewlines("clap: The tensor image F32[2, 3, 64, 64] is not what the model sees:"
                        + " floating-point pixels [n, 3, 32, 32]\n");
    }
}
