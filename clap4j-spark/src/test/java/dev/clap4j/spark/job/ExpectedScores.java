package dev.clap4j.spark.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.Progress;
import dev.clap4j.TinyClip;
import dev.clap4j.dataset.Dataset;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import dev.clap4j.experiment.Trial;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.head.Head;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.tokenizer.Overflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of {@code scores.jsonl} that {@code clap zeroshot --skip-unreadable} writes with the mini CLIP. */
final class ExpectedScores {
    private static final JsonMapper JSON = new JsonMapper();

    private ExpectedScores() {}

    /** Writes a head for the mini CLIP. */
    static void saveHead(Path file) {
        try (ClipModel clip = mini()) {
            TinyClip.head(3, clip.embedDim()).save(file);
        }
    }

    private static ClipModel mini() {
        return ClipModel.of(MiniClip.open(CacheFolder.ofUser()), OrtEngine.create(2), Overflow.TRUNCATE);
    }

    /** Returns the rows of CLIP and of a head with some values of alpha. */
    static List<String> of(Path data, Map<String, List<String>> options, Path head, Float... alphas) {
        Dataset dataset = Dataset.read(data, warning -> {}).readable(Progress.NONE);
        Head trained = Head.load(head);
        try (ClipModel clip = mini();
                CompiledHead compiled = CompiledHead.of(trained, clip.engine())) {
            List<Method> methods = new ArrayList<>(List.of(Method.CLIP));
            List.of(alphas).forEach(alpha -> methods.add(Method.of("CLAP", compiled::apply, trained, alpha)));
            EncodedDataset images =
                    EncodedDataset.of(dataset, clip.images().encode(dataset.files(), Steps.unreported()));
            Subject subject = new Subject(Optional.of(clip), clip.texts(), images, methods, Condition.NONE);
            return new Trial(subject, ZeroShot.KIND.of(options))
                    .results().scores().stream().map(ExpectedScores::line).toList();
        }
    }

    private static String line(Score score) {
        try {
            return JSON.writeValueAsString(score);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
