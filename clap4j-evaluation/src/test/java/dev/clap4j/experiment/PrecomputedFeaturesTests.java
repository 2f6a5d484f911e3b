package dev.clap4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.RunStart;
import dev.clap4j.Shared;
import dev.clap4j.dataset.Domain;
import dev.clap4j.experiment.measurement.FewShot;
import dev.clap4j.experiment.measurement.MixedTemplates;
import dev.clap4j.experiment.measurement.Retrieval;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.prompt.PromptStyle;
import dev.clap4j.training.probe.ProbeOptions;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecomputedFeaturesTests {
    private static final int IMAGES = 60;
    private static final int CLASSES = 5;
    private static final long[] LABELS =
            LongStream.range(0, IMAGES).map(i -> i * 7 % CLASSES).toArray();
    private static final long[] DOMAINS =
            LongStream.range(0, IMAGES).map(i -> i * 5 % 3).toArray();
    private static final Map<String, String> NAMES = Map.of(
            "classes", "[\"dog\", \"cat\", \"fish\", \"bird\", \"horse\"]", "domains", "[\"photo\", \"art\", \"toy\"]");

    @TempDir
    private Path folder;

    private static float[] random(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static TensorData matrix(String name, int rows, int dim, long seed) {
        return TensorData.of(name, random(rows * dim, seed), rows, dim);
    }

    private static TensorData integers(String name, long... values) {
        return TensorData.of(name, values, values.length);
    }

    private Path file(String name, Map<String, String> metadata, TensorData... tensors) {
        Path file = folder.resolve(name);
        SafetensorsFile.write(file, metadata, List.of(tensors));
        return file;
    }

    /** A file of all that a file can have, with two prompts. */
    private Path whole(String name, int dim, long seed) {
        return file(
                name,
                NAMES,
                matrix("images", IMAGES, dim, seed),
                integers("labels", LABELS),
                integers("domains", DOMAINS),
                matrix("texts.C", CLASSES, dim, seed + 1),
                matrix("texts.a {class}!", CLASSES, dim, seed + 2));
    }

    private static PrecomputedFeatures read(Object... sources) {
        return PrecomputedFeatures.read(
                Stream.of(sources)
                        .map(source -> FeatureSource.parse(String.valueOf(source)))
                        .toList(),
                List.of());
    }

    private static void refuses(String message, Object... sources) {
        assertThatThrownBy(() -> read(sources))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(message);
    }

    private static List<Score> zeroshot(PrecomputedFeatures features) {
        ZeroShot measurement = new ZeroShot(features.prompts(List.of()), 64, 0);
        return new Trial(features.subject(), measurement).results().scores();
    }

    /** Returns the accuracy in percent of each domain, computed without the classes under test. */
    private static double[] accuracy(int dim, long seed, long textSeed) {
        float[] images = random(IMAGES * dim, seed);
        float[] texts = random(CLASSES * dim, textSeed);
        double[] right = new double[3];
        double[] all = new double[3];
        for (int i = 0; i < IMAGES; i++) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < CLASSES; k++) {
                double dot = 0;
                double squares = 0;
                for (int j = 0; j < dim; j++) {
                    dot += (double) images[i * dim + j] * texts[k * dim + j];
                    squares += (double) texts[k * dim + j] * texts[k * dim + j];
                }
                if (dot / Math.sqrt(squares) > most) {
                    most = dot / Math.sqrt(squares);
                    best = k;
                }
            }
            all[(int) DOMAINS[i]]++;
            right[(int) DOMAINS[i]] += best == LABELS[i] ? 100 : 0;
        }
        return IntStream.range(0, 3).mapToDouble(d -> right[d] / all[d]).toArray();
    }

    @Test
    void methodsAreMeasuredAsIfEachWereAlone() {
        PrecomputedFeatures features = read("CLIP=" + whole("a.safetensors", 12, 1), whole("mine.safetensors", 7, 50));
        assertThat(features.subject().dataset().domains())
                .extracting(Domain::name)
                .containsExactly("photo", "art", "toy");
        assertThat(features.subject().methods()).extracting(Method::name).containsExactly("CLIP", "mine");
        List<Score> scores = zeroshot(features);
        Map<String, double[]> expected = Map.of(
                "CLIP C", accuracy(12, 1, 2),
                "CLIP a {class}!", accuracy(12, 1, 3),
                "mine C", accuracy(7, 50, 51),
                "mine a {class}!", accuracy(7, 50, 52));
        List<String> domains = List.of("photo", "art", "toy");
        assertThat(scores).hasSize(12);
        for (Score score : scores) {
            Condition condition = score.condition();
            String key = condition.get("method") + " " + condition.get("prompt");
            assertThat(score.value())
                    .as(key)
                    .isEqualTo(expected.get(key)[domains.indexOf(condition.get("domain"))], within(1e-9));
        }
    }

    @Test
    void everyMeasurementOfFeaturesSeesEachMethodAsIfItWereAlone() {
        Path a = whole("a.safetensors", 12, 1);
        Path b = whole("b.safetensors", 7, 50);
        for (Measurement measurement :
                List.of(FewShot.of(List.of(1), List.of(0L), ProbeOptions.OFFICIAL), new Retrieval())) {
            List<Score> apart = Stream.of(read("A=" + a), read("B=" + b))
                    .flatMap(features -> new Trial(features.subject(), measurement).results().scores().stream())
                    .toList();
            List<Score> together = new Trial(read("A=" + a, "B=" + b).subject(), measurement)
                    .results()
                    .scores();
            assertThat(together).isNotEmpty().containsExactlyInAnyOrderElementsOf(apart);
        }
    }

    @Test
    void textsAnswerToTheStylesAndTemplatesThatTheyAreCalledBy() {
        PrecomputedFeatures features = read(whole("a.safetensors", 4, 1));
        PromptSet style = PromptSet.of(PromptStyle.C);
        assertThat(features.subject()
                        .texts()
                        .encode(style.texts(List.of("cat")))
                        .row(0))
                .containsExactly(Arrays.copyOfRange(random(CLASSES * 4, 2), 4, 8));
        assertThat(features.prompts(List.of("C"))).containsExactly(style);
        assertThat(features.subject().texts().encode(List.of("a cat!")).row(0))
                .containsExactly(Arrays.copyOfRange(random(CLASSES * 4, 3), 4, 8));
        assertThatThrownBy(() -> new Trial(features.subject(), new MixedTemplates(1, 0)).results())
                .isInstanceOf(ClapException.class)
                .hasMessageMatching("The text \".*\" is not among the features computed elsewhere; they have the"
                        + " prompts C, a \\{class}!");
        assertThatThrownBy(() ->
                        new Trial(features.subject(), new ZeroShot(ZeroShot.STYLES.subList(3, 4), 64, 0)).results())
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("texts.NC");
        assertThatThrownBy(() -> features.prompts(List.of("a {clas}!")))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("has no prompt a {clas}! (did you mean a {class}!?); it has C, a {class}!");
    }

    @Test
    void aPromptWithNoiseIsReadAsItIs() {
        Path file = file(
                "a.safetensors",
                Map.of(),
                matrix("images", 4, 3, 1),
                integers("labels", 0, 1, 0, 1),
                matrix("texts.C", 2, 3, 2),
                matrix("texts.NC", 2, 3, 3));
        assertThat(zeroshot(read(file)))
                .extracting(score -> score.measure().id())
                .contains("zeroshot-noise-drop");
    }

    @Test
    void integersAndFloatsOfAllTypesAreRead() {
        TensorData floats = TensorData.of("images", new float[] {1, 2, 3, 4}, 2, 2);
        ByteBuffer doubles = TensorData.allocate(32);
        doubles.asDoubleBuffer().put(new double[] {1, 2, 3, 4});
        ByteBuffer small = TensorData.allocate(2).put(new byte[] {1, 0}).flip();
        TensorData labels = new TensorData("labels", DataType.U8, new long[] {2}, small);
        for (TensorData images :
                List.of(floats, floats.toF16(), new TensorData("images", DataType.F64, new long[] {2, 2}, doubles))) {
            Subject subject =
                    read(file("t.safetensors", Map.of(), images, labels)).subject();
            assertThat(subject.images().images().get(0).values()).containsExactly(1, 2, 3, 4);
            assertThat(subject.labels(0)).containsExactly(1, 0);
            assertThat(subject.dataset().classes()).containsExactly("class 0", "class 1");
            assertThat(subject.domain(0)).isEqualTo("t");
        }
    }

    @Test
    void tensorsOfOtherNamesAreChosen() {
        Path file = file(
                "a.safetensors",
                Map.of(),
                matrix("test", 2, 3, 1),
                integers("test_labels", 1, 0),
                matrix("words", 2, 3, 2),
                matrix("sentences", 2, 3, 3));
        PrecomputedFeatures features = read("X=" + file + "#test,test_labels,words,sentences");
        assertThat(features.prompts(List.of())).extracting(PromptSet::name).containsExactly("words", "sentences");
        assertThat(features.subject().labels(0)).containsExactly(1, 0);
        assertThatThrownBy(() -> read(file + "#test,test_labels").prompts(List.of()))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("has no features of texts");
        refuses("has no tensor images; it has", file);
        refuses(
                "has no tensor test_label (did you mean test_labels?), and labels may be left out",
                file + "#test,test_label");
        refuses("has no tensor word (did you mean words?)", file + "#test,test_labels,word");
    }

    @Test
    void labelsMayBeLeftOutIfEachClassHasOneImage() {
        Path file = file("a.safetensors", Map.of(), matrix("images", 3, 2, 1), matrix("texts", 3, 2, 2));
        assertThat(read(file).subject().labels(0)).containsExactly(0, 1, 2);
        refuses(
                "has no tensor labels, and labels may be left out only if",
                file("b.safetensors", Map.of(), matrix("images", 4, 2, 1), matrix("texts", 3, 2, 2)));
    }

    @Test
    void numpyFilesStandBesideOneAnother() throws Exception {
        npy("mine.npy", "<f4", "(2, 3)", floats(1, 2, 3, 4, 5, 6));
        npy("mine.labels.npy", "<i8", "(2,)", longs(1, 0));
        npy("mine.texts.PC.npy", "<f4", "(2, 3)", floats(6, 5, 4, 3, 2, 1));
        PrecomputedFeatures features = PrecomputedFeatures.read(
                List.of(FeatureSource.parse("" + folder.resolve("mine.npy"))), List.of("cat", "dog"));
        assertThat(features.subject().labels(0)).containsExactly(1, 0);
        assertThat(features.subject().dataset().classes()).containsExactly("cat", "dog");
        assertThat(features.subject()
                        .texts()
                        .encode(List.of("a photo of a dog"))
                        .row(0))
                .containsExactly(3, 2, 1);
        npy("mine.texts.PC.npy", "<i8", "(2,)", longs(1, 0));
        refuses("Tensor texts.PC of ", folder.resolve("mine.npy"));
        refuses("no.npy", folder.resolve("no.npy"));
    }

    private void npy(String name, String type, String shape, ByteBuffer data) throws Exception {
        byte[] header = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length + data.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        bytes.putShort((short) header.length).put(header).put(data.rewind());
        Files.write(folder.resolve(name), bytes.array());
    }

    private static ByteBuffer floats(float... values) {
        ByteBuffer bytes = TensorData.allocate(values.length * 4L);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private static ByteBuffer longs(long... values) {
        ByteBuffer bytes = TensorData.allocate(values.length * 8L);
        bytes.asLongBuffer().put(values);
        return bytes;
    }

    @Test
    void filesOfOtherDataAreRefusedByTheFirstDifference() {
        Path a = whole("a.safetensors", 4, 1);
        long[] other = LABELS.clone();
        other[17] = (other[17] + 1) % CLASSES;
        refuses(
                "differ in the label of image 17: " + LABELS[17] + " and " + other[17],
                a,
                file(
                        "b.safetensors",
                        Map.of(),
                        matrix("images", IMAGES, 4, 1),
                        integers("labels", other),
                        integers("domains", DOMAINS)));
        refuses(
                "should both have a tensor domains, or neither",
                a,
                file("c.safetensors", Map.of(), matrix("images", IMAGES, 4, 1), integers("labels", LABELS)));
        refuses(
                "the first has 60, the second 2",
                a,
                file("d.safetensors", Map.of(), matrix("images", 2, 4, 1), integers("labels", 0, 1)));
        refuses(
                "differ in the name of class 1: cat and wolf",
                a,
                file(
                        "e.safetensors",
                        Map.of("classes", "[\"dog\", \"wolf\", \"fish\", \"bird\", \"horse\"]"),
                        matrix("images", IMAGES, 4, 1),
                        integers("labels", LABELS),
                        integers("domains", DOMAINS)));
        refuses(
                "is of 5 classes, and ",
                a,
                file(
                        "f.safetensors",
                        Map.of(),
                        matrix("images", IMAGES, 4, 1),
                        matrix("texts", 6, 4, 1),
                        integers("labels", LABELS),
                        integers("domains", DOMAINS)));
        refuses("Two methods are called X", "X=" + a, "X=" + a);
    }

    @Test
    void aMethodWithoutTextsIsMeasuredByImagesAlone() {
        Path a = whole("a.safetensors", 4, 1);
        Path b = file(
                "b.safetensors",
                Map.of(),
                matrix("images", IMAGES, 9, 4),
                integers("labels", LABELS),
                integers("domains", DOMAINS));
        PrecomputedFeatures features = read(a, b);
        assertThat(features.subject().methods()).hasSize(2);
        assertThatThrownBy(() -> features.prompts(List.of()))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining(b + " has no features of texts");
        assertThat(features.subject().dataset().smallestClass()).isEqualTo(4);
    }

    @Test
    void numbersThatCannotBeRightAreRefused() {
        TensorData images = matrix("images", 2, 3, 1);
        TensorData labels = integers("labels", 0, 1);
        List<List<Object>> cases = new ArrayList<>();
        cases.add(List.of(
                "has the value 9000000000000 for image 1, but classes are numbered from 0 to 1",
                List.of(images, integers("labels", 0, 9_000_000_000_000L))));
        cases.add(List.of("has the value -1 for image 0, but classes", List.of(images, integers("labels", -1, -1))));
        cases.add(List.of(
                "has the value 2 for image 1, but classes are numbered from 0 to 1",
                List.of(images, integers("labels", 0, 2), matrix("texts", 2, 3, 1))));
        cases.add(List.of(
                "should hold 2 integers, one for each image, but is I64[3]",
                List.of(images, integers("labels", 0, 1, 1))));
        cases.add(List.of(
                "should hold 2 integers, one for each image, but is F32[2]",
                List.of(images, TensorData.of("labels", new float[] {0, 1}, 2))));
        cases.add(List.of("Tensor texts of ", List.of(images, labels, matrix("texts", 2, 4, 1))));
        cases.add(List.of("has 4 columns, but the images have 3", List.of(images, labels, matrix("texts", 2, 4, 1))));
        cases.add(List.of(
                "Tensor texts.b of ", List.of(images, labels, matrix("texts.a", 2, 3, 1), matrix("texts.b", 3, 3, 1))));
        cases.add(List.of("has 0 rows", List.of(images, labels, matrix("texts", 0, 3, 1))));
        cases.add(List.of(
                "has the value NaN at place 1",
                List.of(TensorData.of("images", new float[] {1, Float.NaN}, 1, 2), integers("labels", 0))));
        cases.add(List.of(
                "should hold floating-point numbers, but holds I64",
                List.of(TensorData.of("images", new long[] {1, 2}, 1, 2), integers("labels", 0))));
        cases.add(List.of(
                "Tensor images of ",
                List.of(TensorData.of("images", new float[] {1, 0, 0, -0f}, 2, 2), integers("labels", 0, 1))));
        cases.add(List.of(
                "has only zeros in row 1",
                List.of(TensorData.of("images", new float[] {1, 0, 0, -0f}, 2, 2), integers("labels", 0, 1))));
        cases.add(List.of(
                "has only zeros in row 0",
                List.of(images, labels, TensorData.of("texts", new float[] {0, 0, 0, 1, 2, 3}, 2, 3))));
        cases.add(List.of("has no images", List.of(matrix("images", 0, 3, 1), integers("labels"))));
        cases.add(List.of(
                "should hold features [n, dim], but its shape is [0, 0]",
                List.of(matrix("images", 0, 0, 1), integers("labels"))));
        cases.add(List.of("has no image in the domain domain 0", List.of(images, labels, integers("domains", 1, 1))));
        cases.add(List.of(
                "has the value 7 for image 0, but domains are numbered from 0 to 1",
                List.of(images, labels, integers("domains", 7, 0))));
        for (List<Object> each : cases) {
            @SuppressWarnings("unchecked")
            List<TensorData> tensors = (List<TensorData>) each.get(1);
            refuses((String) each.get(0), file("bad.safetensors", Map.of(), tensors.toArray(TensorData[]::new)));
        }
    }

    @Test
    void badNamesAreRefused() {
        for (String classes : List.of(
                "[\"a\"", "{}", "[[1], [2]]", "[\"a\", null]", "[\"a\", \" \"]", "[]", "null", "[\"a\", \"a\"]")) {
            refuses(
                    "The metadata entry classes of ",
                    file(
                            "bad.safetensors",
                            Map.of("classes", classes),
                            matrix("images", 2, 3, 1),
                            integers("labels", 0, 1)));
        }
        refuses(
                "names 2 domains, but has no tensor domains",
                file(
                        "bad.safetensors",
                        Map.of("domains", "[\"a\", \"b\"]"),
                        matrix("images", 2, 3, 1),
                        integers("labels", 0, 1)));
        assertThatThrownBy(() -> PrecomputedFeatures.read(
                        List.of(FeatureSource.parse("" + whole("a.safetensors", 4, 1))), List.of("a", "b")))
                .isInstanceOf(ClapException.class)
                .hasMessageContaining("has 5 rows, but there should be one for each of the 2 classes");
        assertThatThrownBy(() -> PrecomputedFeatures.read(List.of(), List.of())).isInstanceOf(ClapException.class);
    }

    @Test
    void promptsThatCannotBeToldApartAreRefused() {
        refuses(
                "is the text \"dog\", as another prompt is",
                file(
                        "a.safetensors",
                        Map.of("classes", "[\"dog\", \"cat\"]"),
                        matrix("images", 2, 3, 1),
                        integers("labels", 0, 1),
                        matrix("texts.C", 2, 3, 1),
                        matrix("texts.{class}", 2, 3, 1)));
    }

    @Test
    void featuresThatDoNotFitMemoryAreRefusedBeforeTheyAreRead() throws Exception {
        long rows = Runtime.getRuntime().maxMemory() / 400;
        String header =
                "{\"images\":{\"dtype\":\"F16\",\"shape\":[" + rows + ",1],\"data_offsets\":[0," + 2 * rows + "]}}";
        ByteBuffer start = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        Path file = folder.resolve("huge.safetensors");
        Files.write(file, start.array());
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(start.capacity() + 2 * rows);
        }
        refuses("MiB of memory, but Java may use", file);
    }

    @Test
    void fingerprintsTellDataAndMethodsApart() {
        Path a = whole("a.safetensors", 4, 1);
        Path b = whole("b.safetensors", 6, 8);
        Path swapped = file(
                "c.safetensors",
                NAMES,
                matrix("images", IMAGES, 4, 1),
                integers("labels", LABELS),
                integers("domains", LongStream.of(DOMAINS).map(d -> 2 - d).toArray()));
        JsonNode both = described(read("A=" + a, "B=" + b));
        JsonNode one = described(read("B=" + b));
        assertThat(both.get("images").asInt()).isEqualTo(IMAGES);
        assertThat(both.get("domains").get("art").asInt()).isEqualTo(20);
        assertThat(one.get("fingerprint")).isEqualTo(both.get("fingerprint"));
        assertThat(one.at("/features/B")).isEqualTo(both.at("/features/B"));
        assertThat(both.at("/features/A/fingerprint")).isNotEqualTo(both.at("/features/B/fingerprint"));
        assertThat(described(read(swapped)).get("fingerprint")).isNotEqualTo(one.get("fingerprint"));
    }

    @Test
    void aRunIsRecordedAndResumedWithTheSameFeaturesOnly() {
        PrecomputedFeatures features = read("A=" + whole("a.safetensors", 4, 1));
        Results first = run(features, RunStart.NEW);
        assertThat(folder.resolve("run/support.json")).exists();
        assertThat(run(features, RunStart.RESUME).scores()).isEqualTo(first.scores());
        PrecomputedFeatures changed = read("A=" + whole("a.safetensors", 4, 2));
        assertThatThrownBy(() -> run(changed, RunStart.RESUME)).isInstanceOf(ClapException.class);
    }

    private Results run(PrecomputedFeatures features, RunStart start) {
        FewShot measurement = FewShot.of(List.of(1), List.of(0L), ProbeOptions.OFFICIAL);
        RunDescription record = RunDescription.of("fewshot", "", measurement.options());
        features.describe(record);
        try (Runner runner = Runner.open(folder.resolve("run"), start, record.json(), Progress.NONE)) {
            runner.run(new Trial(features.subject(), measurement));
            return runner.finish();
        }
    }

    private static JsonNode described(PrecomputedFeatures features) {
        RunDescription record = RunDescription.of("zeroshot", "", Map.of());
        features.describe(record);
        return record.json().at("/data/images");
    }

    /** The figure was published with the features. */
    @Test
    @Tag(Shared.TAG)
    void aRealClipRecognisesThreeQuartersOfTheThings() {
        Path things = Shared.data("real-clip-vit-b32/things.safetensors");
        List<Score> scores = zeroshot(read("CLIP=" + things + "#images,,texts_a_name"));
        assertThat(scores).hasSize(1);
        assertThat(scores.get(0).value()).isEqualTo(75.3, within(0.05));
    }

    @Test
    @Tag(Shared.TAG)
    void featuresWithoutTextsAreRead() {
        PrecomputedFeatures features =
                read(Shared.data("real-clip-vit-b32/caltech101.safetensors") + "#test,test_labels");
        assertThat(features.subject().dataset().classes()).hasSize(100);
        assertThat(features.subject().dataset().size()).isEqualTo(2465);
        assertThat(features.subject().methods().get(0).name()).isEqualTo("caltech101");
    }
}
