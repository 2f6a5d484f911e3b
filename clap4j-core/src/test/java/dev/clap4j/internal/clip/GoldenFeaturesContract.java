package dev.clap4j.internal.clip;

import dev.clap4j.Numbers;
import dev.clap4j.Shared;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.tokenizer.Overflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine must do: the reference's features, whatever layout and file the weights come in. */
public abstract class GoldenFeaturesContract {
    /** The reference states at most 7.1e-6 between its own fp32 and fp64, relative to the largest value. */
    private static final double TOLERANCE = 1e-4;

    /** The engine under test. */
    protected abstract Engine engine();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clip-vit-tiny/openai/model.safetensors",
                "clip-vit-tiny/openai/model_state_dict.pt",
                "clip-vit-tiny/openai/model_torchscript.pt",
                "clip-vit-tiny/huggingface",
                "clip-vit-tiny/huggingface/model.safetensors",
                "clip-resnet-tiny/openai/model.safetensors",
                "clip-resnet-tiny/openai/model_state_dict_fp16.pt",
                "clip-resnet-tiny/openai/model_torchscript.pt"
            })
    void featuresAreTheReferences(String checkpoint) {
        String folder = checkpoint.substring(0, checkpoint.indexOf('/'));
        compare(Shared.golden(checkpoint), Shared.golden(folder + "/io.safetensors"), "");
    }

    @Test
    void openClipFolder() {
        compare(Shared.golden("openclip-naming"), Shared.golden("openclip-naming/io.safetensors"), "quickgelu_");
    }

    @Test
    void openClipFolderWithoutQuickGelu(@TempDir Path folder) throws IOException {
        Path source = Shared.golden("openclip-naming");
        Files.copy(source.resolve("open_clip_model.safetensors"), folder.resolve("open_clip_model.safetensors"));
        String config = Files.readString(source.resolve("open_clip_config.json"));
        Files.writeString(folder.resolve("open_clip_config.json"), config.replace("\"quick_gelu\": true,", ""));
        compare(folder, source.resolve("io.safetensors"), "gelu_");
    }

    @ParameterizedTest
    @CsvSource({"4,FRONT,front", "4,MIDDLE,middle", "4,END,end", "2,MIDDLE,middle"})
    void contextVectorsStandWhereTheReferencePutsThem(int count, ContextPosition position, String name) {
        SafetensorsFile golden = SafetensorsFile.open(Shared.golden("noise-prompts/noise.safetensors"));
        Checkpoint checkpoint = Checkpoint.open(Shared.golden("clip-vit-tiny/openai/model.safetensors"));
        try (TextEncoder encoder =
                TextEncoder.create(checkpoint.architecture().text(), checkpoint.weights(), engine())) {
            for (String size : List.of("noise", "big_noise")) {
                float[][] context = matrix(golden.get("n" + count + "." + size));
                List<TokenSequence> texts = TextEncoderTests.rows(golden.get("plain_tokens")).stream()
                        .map(ids -> TokenSequence.withContext(ids, context, position, 77))
                        .toList();
                float[] expected = golden.get("n" + count + "." + name + "." + size + ".features")
                        .toFloats();
                Numbers.assertClose(encoder.encode(texts), expected, TOLERANCE);
            }
        }
    }

    private static float[][] matrix(TensorData tensor) {
        int columns = (int) tensor.shape()[1];
        float[] values = tensor.toFloats();
        float[][] rows = new float[(int) tensor.shape()[0]][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * columns, (i + 1) * columns));
        return rows;
    }

    private void compare(Path checkpoint, Path golden, String prefix) {
        SafetensorsFile io = SafetensorsFile.open(golden);
        try (ClipModel model = ClipModel.of(Checkpoint.open(checkpoint), engine(), Overflow.ERROR)) {
            Numbers.assertClose(
                    PreparedInputs.encodePixels(model, io.get("image")).values(),
                    io.get(prefix + "image_features").toFloats(),
                    TOLERANCE);
            Numbers.assertClose(
                    PreparedInputs.encodeTokens(model, io.get("tokens")).values(),
                    io.get(prefix + "text_features").toFloats(),
                    TOLERANCE);
        }
    }
}
