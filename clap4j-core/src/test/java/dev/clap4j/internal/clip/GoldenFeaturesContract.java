package dev.clap4j.internal.clip;

import dev.clap4j.Golden;
import dev.clap4j.GoldenModel;
import dev.clap4j.Numbers;
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
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every engine: the reference's features, whatever layout and file the weights come in. */
public abstract class GoldenFeaturesContract {
    /** The engine under test. */
    protected abstract Engine engine();

    /**
     * The largest difference, relative to the largest value. The reference states at most 7.1e-6 between its own fp32 and
     * fp64.
     */
    protected double tolerance() {
        return 1e-4;
    }

    @ParameterizedTest
    @MethodSource("checkpoints")
    void featuresAreTheReferences(String checkpoint) {
        String folder = checkpoint.substring(0, checkpoint.indexOf('/'));
        compare(Golden.file(checkpoint), Golden.file(folder + "/io.safetensors"), "");
    }

    static Stream<String> checkpoints() {
        return GoldenModel.all().stream().flatMap(model -> model.checkpoints().stream());
    }

    @Test
    void openClipFolder() {
        compare(Golden.file("openclip-naming"), Golden.file("openclip-naming/io.safetensors"), "quickgelu_");
    }

    @Test
    void openClipFolderWithoutQuickGelu(@TempDir Path folder) throws IOException {
        Path source = Golden.file("openclip-naming");
        Files.copy(source.resolve("open_clip_model.safetensors"), folder.resolve("open_clip_model.safetensors"));
        String config = Files.readString(source.resolve("open_clip_config.json"));
        Files.writeString(folder.resolve("open_clip_config.json"), config.replace("\"quick_gelu\": true,", ""));
        compare(folder, source.resolve("io.safetensors"), "gelu_");
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void contextVectorsStandWhereTheReferencePutsThem(String count, ContextPosition position, String size) {
        SafetensorsFile golden = Golden.tensors("noise-prompts/noise.safetensors");
        Checkpoint checkpoint = Checkpoint.open(GoldenModel.VIT.weights());
        try (TextEncoder encoder =
                TextEncoder.create(checkpoint.architecture().text(), checkpoint.weights(), engine())) {
            int most = checkpoint.architecture().text().contextLength();
            float[][] context = matrix(golden.get(count + "." + size));
            List<TokenSequence> texts = TextEncoderTests.rows(golden.get("plain_tokens")).stream()
                    .map(ids -> TokenSequence.withContext(ids, context, position, most))
                    .toList();
            String name = position.name().toLowerCase(Locale.ROOT);
            float[] expected =
                    golden.get(count + "." + name + "." + size + ".features").toFloats();
            Numbers.assertClose(encoder.encode(texts), expected, tolerance());
        }
    }

    static List<Arguments> contexts() {
        return Golden.present(
                "noise-prompts/noise.safetensors#nK.POSITION.SIZE.features",
                Golden.tensors("noise-prompts/noise.safetensors").names().stream()
                        .map(Pattern.compile("(n\\d+)[.](front|middle|end)[.](\\w+)[.]features")::matcher)
                        .filter(Matcher::matches)
                        .map(match -> Arguments.of(
                                match.group(1),
                                ContextPosition.valueOf(match.group(2).toUpperCase(Locale.ROOT)),
                                match.group(3)))
                        .toList());
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
                    tolerance());
            Numbers.assertClose(
                    PreparedInputs.encodeTokens(model, io.get("tokens")).values(),
                    io.get(prefix + "text_features").toFloats(),
                    tolerance());
        }
    }
}
