package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.OrtRun;
import dev.clap4j.SamplePictures;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.zoo.FamilyFolder;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A small model of every family, with a tokenizer of its kind, through the commands that a user gives one by one. */
@Tag("slow")
class FamilyCommandTests {
    private static final List<String> CLASSES = List.of("dog", "horse", "house");
    private static final List<String> DOMAINS = List.of("photo", "sketch");
    private static final int EACH = 2;
    private static final int SIDE = 40;

    @TempDir
    static Path data;

    @TempDir
    private Path folder;

    @BeforeAll
    static void drawImages() throws IOException {
        for (String domain : DOMAINS) {
            for (String name : CLASSES) {
                Path to = Files.createDirectories(data.resolve(domain).resolve(name));
                for (int i = 0; i < EACH; i++) {
                    ImageIO.write(
                            SamplePictures.draw(domain, name, i),
                            "png",
                            to.resolve(i + ".png").toFile());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.clap4j.zoo.TinyFamily#names")
    void trainZeroshotClassifyExport(String architecture) throws Exception {
        Path model = write(architecture);
        Path run = folder.resolve("run");
        done("train --classes dog,horse,house --noise --steps 4 --check-every 2", "--model", model, "--out", run);
        Path head = run.resolve("head.safetensors");

        String zeroshot = "zeroshot --no-cache --json --styles C,NC";
        ScoreRows scores = ScoreRows.of(done(zeroshot, "--model", model, "--head", head, "--data", data));
        assertThat(scores.with("measure", "zeroshot").each("method")).containsExactly("CLIP", "CLAP");

        String classify = "classify --classes dog,horse,house --json";
        JsonNode images = images(done(classify, "--model", model, "--head", head, data));
        assertThat(images).hasSize(DOMAINS.size() * CLASSES.size() * EACH);
        CommandRun chosen = done(classify + " --alpha auto", "--model", model, "--head", head, data);
        assertThat(chosen.err()).contains("was chosen by the prompts alone, without labels");

        export(model, head, images);
    }

    /** The exported classifier gives an image the class that the command gives it. */
    private void export(Path model, Path head, JsonNode images) throws Exception {
        Path out = folder.resolve("onnx");
        done("export --classes dog,horse,house", "--model", model, "--head", head, "--out", out);
        assertThat(out.resolve("image.onnx")).isNotEmptyFile();
        assertThat(out.resolve("text.onnx")).isNotEmptyFile();
        Path image = Path.of(images.get(0).get("image").asText());
        int size = Checkpoint.open(model).architecture().vision().imageSize();
        Preprocessing preprocessing = Preprocessing.find(model, size);
        FloatBuffer pixels = FloatBuffer.allocate(3 * size * size);
        preprocessing.normalise(preprocessing.pixels(image, DecodeOptions.defaults()), pixels);
        float[] scores = OrtRun.floats(out.resolve("classifier.onnx"), "pixels", pixels.array(), 1, 3, size, size);
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            best = scores[c] > scores[best] ? c : best;
        }
        assertThat(CLASSES.get(best))
                .isEqualTo(images.get(0).at("/classes/0/className").asText());
    }

    /** Each class of a SigLIP has a probability of its own, unless the softmax is asked for; other models have only that. */
    @ParameterizedTest
    @CsvSource({"tiny, false", "tiny-SigLIP, true", "tiny-SigLIP2, true"})
    void probabilitiesAddUpToOneOnRequest(String architecture, boolean sigmoid) throws Exception {
        Path model = write(architecture);
        String classify = "classify --classes dog,horse,house --top 3 --json";
        CommandRun own = done(classify, "--model", model, data);
        CommandRun asked = done(classify + " --softmax", "--model", model, data);
        assertThat(sum(images(own).get(0)) > 0.999).isNotEqualTo(sigmoid);
        assertThat(sum(images(asked).get(0))).isCloseTo(1, within(1e-6));
        assertThat(own.err()).isEmpty();
        assertThat(asked.err())
                .isEqualToIgnoringNewLines(
                        sigmoid
                                ? ""
                                : "clap: --softmax changes nothing: the probabilities of this model add up to 1 already");

        Path out = folder.resolve("onnx");
        done("export --preprocessing --softmax --classes dog,horse,house", "--model", model, "--out", out);
        float[] exported =
                OrtRun.bytes(out.resolve("classifier.onnx"), "image", new byte[3 * SIDE * SIDE], 1, SIDE, SIDE, 3);
        assertThat((double) exported[0] + exported[1] + exported[2]).isCloseTo(1, within(1e-6));
    }

    private static double sum(JsonNode image) {
        double sum = 0;
        for (JsonNode one : image.get("classes")) {
            sum += one.get("probability").asDouble();
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("dev.clap4j.zoo.TinyFamily#names")
    void int8AttacksAndFeatures(String architecture) throws Exception {
        Path model = write(architecture);
        CommandRun int8 = done("classify --classes dog,horse,house --precision int8 --json", "--model", model, data);
        assertThat(int8.err()).contains("int8");

        String attack = "attack --attacks fgsm --limit 1 --json";
        ScoreRows attacked = ScoreRows.of(done(attack, "--model", model, "--data", data, "--out", folder.resolve("a")));
        assertThat(attacked.each("attack")).contains("FGSM");

        Path features = features(model);
        ScoreRows ofFeatures = ScoreRows.of(done("zeroshot --json", "--features", features));
        ScoreRows ofModel =
                ScoreRows.of(done("zeroshot --no-cache --json --template {class}", "--model", model, "--data", data));
        assertThat(ofFeatures.with("measure", "zeroshot").values())
                .isEqualTo(ofModel.with("measure", "zeroshot").values());
    }

    /** Writes the features of all images and class names, as another program might. */
    private Path features(Path model) throws IOException {
        Path names = Files.write(folder.resolve("names.txt"), CLASSES);
        Path images = folder.resolve("images.safetensors");
        Path texts = folder.resolve("texts.safetensors");
        done("embed", "--model", model, "--images", data, "--out", images);
        done("embed", "--model", model, "--texts", names, "--out", texts);
        FeatureMatrix ofImages = FeatureMatrix.load(images);
        FeatureMatrix ofTexts = FeatureMatrix.load(texts);
        int n = ofImages.rows();
        int dim = ofImages.dim();
        Path file = folder.resolve("features.safetensors");
        SafetensorsFile.write(
                file,
                Map.of("classes", "[\"dog\", \"horse\", \"house\"]", "domains", "[\"photo\", \"sketch\"]"),
                List.of(
                        TensorData.of("images", ofImages.values(), n, dim),
                        TensorData.of("labels", indices(ofImages.ids(), 1, CLASSES), n),
                        TensorData.of("domains", indices(ofImages.ids(), 2, DOMAINS), n),
                        TensorData.of("texts", ofTexts.values(), ofTexts.rows(), dim)));
        return file;
    }

    /** Returns which of some names the folder of each image has, so many levels above it. */
    private static long[] indices(List<String> images, int above, List<String> names) {
        return images.stream()
                .map(Path::of)
                .mapToLong(image -> names.indexOf(
                        image.getName(image.getNameCount() - 1 - above).toString()))
                .toArray();
    }

    private Path write(String architecture) throws IOException {
        Path model = folder.resolve("model");
        done("checkpoint random", "--architecture", architecture, "--out", model);
        FamilyFolder.addTokenizer(architecture, model);
        return model;
    }

    private static JsonNode images(CommandRun run) throws IOException {
        return new JsonMapper().readTree(run.out()).get("images");
    }

    private static CommandRun done(String command, Object... more) {
        List<Object> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of(more));
        CommandRun run = CommandRun.of(words.toArray());
        assertThat(run.exitCode()).as("%s: %s", words, run.err()).isEqualTo(Clap.DONE);
        return run;
    }
}
