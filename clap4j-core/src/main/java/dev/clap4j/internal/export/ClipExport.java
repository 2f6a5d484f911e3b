package dev.clap4j.internal.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.checkpoint.EndOfText;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.io.FolderLock;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.onnx.ClipGraphs;
import dev.clap4j.internal.onnx.ExportedHead;
import dev.clap4j.internal.onnx.OnnxFile;
import dev.clap4j.internal.run.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Exports a model's encoders, with or without a head, and classifiers built from them as ONNX files.
 *
 * <p>The metadata of each file holds everything that a program needs besides the graph: {@code model} (the
 * fingerprint), {@code precision}, {@code features} (raw or normalised), {@code head_alpha} and {@code preprocessing}
 * (JSON); for a classifier also {@code labels} (JSON) and {@code logit_scale}; for the text encoder also
 * {@code context_length} and {@code end_of_text}.
 */
public final class ClipExport {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> FILES = List.of("image.onnx", "text.onnx", "classifier.onnx");

    private final Checkpoint checkpoint;
    private final ExportOptions options;
    private final ClipGraphs graphs;
    private final Preprocessing preprocessing;

    private ClipExport(Checkpoint checkpoint, ExportOptions options, ClipGraphs graphs, Preprocessing preprocessing) {
        this.checkpoint = checkpoint;
        this.options = options;
        this.graphs = graphs;
        this.preprocessing = preprocessing;
    }

    /**
     * Prepares the export of a checkpoint.
     *
     * @param head the head folded into both encoders, if any; it must fit the checkpoint
     * @param alpha the alpha of the head; ignored without a head
     * @throws ClapException if alpha is not finite, or the head was trained on another model
     */
    public static ClipExport of(Checkpoint checkpoint, Optional<Head> head, float alpha, ExportOptions options) {
        if (!Float.isFinite(alpha)) {
            throw new ClapException("The alpha of a head should be a finite number, but is " + alpha);
        }
        head.ifPresent(given -> HeadAccess.requireBackbone(given, checkpoint));
        Optional<ExportedHead> folded =
                head.map(given -> new ExportedHead(HeadAccess.network(given), HeadAccess.weights(given), alpha));
        ClipGraphs graphs = new ClipGraphs(
                checkpoint.architecture(), checkpoint.weights(), options.precision(), options.operators(), folded);
        return new ClipExport(checkpoint, options, graphs, ClipImageModel.preprocessing(checkpoint));
    }

    /**
     * Writes both encoders and, if there are classes, a classifier: {@code image.onnx}, {@code text.onnx},
     * {@code classifier.onnx}. Existing files of these names are deleted first, so that files of different models are
     * never mixed.
     *
     * @param folder the target folder, locked during the export
     * @param classes the classes' text features, see {@link #classifier}
     * @param progress advanced by each file; may stop the export between files
     * @return the files written
     * @throws ClapException if one cannot be written
     * @throws dev.clap4j.StoppedException if the progress requests it
     */
    public List<Path> all(Path folder, Optional<FeatureMatrix> classes, Progress progress) {
        List<Path> written = new ArrayList<>();
        Map<Path, Function<Path, List<Path>>> writers = new LinkedHashMap<>();
        writers.put(folder.resolve(FILES.get(0)), this::image);
        writers.put(folder.resolve(FILES.get(1)), this::text);
        classes.ifPresent(given -> writers.put(folder.resolve(FILES.get(2)), file -> classifier(file, given)));
        FolderLock.holding(folder, () -> {
            FILES.forEach(name -> delete(folder.resolve(name)));
            Steps steps = Steps.begin(progress, "files", writers.size());
            writers.forEach((file, writer) -> {
                written.addAll(writer.apply(file));
                steps.advance(1);
            });
        });
        return written;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ClapException("Cannot replace " + file + ": " + IoReasons.of(e), e);
        }
    }

    /** Writes the image encoder and returns its files. */
    public List<Path> image(Path file) {
        return withFeatures(described(graphs.image(inGraph(), options.normalised())))
                .with("preprocessing", preprocessingJson())
                .write(file);
    }

    /** Writes the text encoder and returns its files. */
    public List<Path> text(Path file) {
        EndOfText end = checkpoint.endOfText();
        return withFeatures(described(graphs.text(end, options.normalised())))
                .with(
                        "context_length",
                        String.valueOf(checkpoint.architecture().text().contextLength()))
                .with("end_of_text", end.isHighestId() ? "highest id" : ends(end))
                .write(file);
    }

    private static String ends(EndOfText end) {
        return (end.rule() == EndOfText.Rule.FIRST ? "id " : "before padding ") + end.token();
    }

    /**
     * Writes a zero-shot classifier and returns its files.
     *
     * @param classes the classes' text features after the head, {@code [k, D]}; their ids are the labels
     */
    public List<Path> classifier(Path file, FeatureMatrix classes) {
        TensorData unit = TensorData.of("classes", classes.normalised().values(), classes.rows(), classes.dim());
        Optional<Float> bias = options.softmax() ? Optional.empty() : checkpoint.logitBias();
        return described(graphs.classifier(inGraph(), unit, checkpoint.expLogitScale(), bias))
                .with("preprocessing", preprocessingJson())
                .with("labels", json(classes.ids()))
                .write(file);
    }

    private Optional<Preprocessing> inGraph() {
        return options.preprocessing() ? Optional.of(preprocessing) : Optional.empty();
    }

    private OnnxFile described(OnnxFile file) {
        file.with("model", checkpoint.fingerprint())
                .with("precision", options.precision().toString())
                .with("logit_scale", String.valueOf(checkpoint.expLogitScale()));
        graphs.head().ifPresent(head -> file.with("head_alpha", String.valueOf(head.alpha())));
        return file;
    }

    private OnnxFile withFeatures(OnnxFile file) {
        return file.with("features", options.normalised() ? "normalised" : "raw");
    }

    private String preprocessingJson() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("in_graph", options.preprocessing());
        facts.put("steps", preprocessing.steps().stream().map(Object::toString).toList());
        preprocessing.resize().ifPresent(resize -> {
            facts.put("fit", resize.fit().name().toLowerCase(Locale.ROOT));
            facts.put("resize", resize.length());
            facts.put("filter", resize.filter().toString());
        });
        facts.put("size", preprocessing.size());
        facts.put("mean", preprocessing.mean());
        facts.put("std", preprocessing.std());
        return json(facts);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A property that JSON cannot express", e);
        }
    }
}
