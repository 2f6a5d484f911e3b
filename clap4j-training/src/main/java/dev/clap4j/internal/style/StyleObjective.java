package dev.clap4j.internal.style;

import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.LearnedWords;
import dev.clap4j.internal.clip.PaddedTexts;
import dev.clap4j.internal.clip.TokenSequence;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.TextBatch;
import dev.clap4j.internal.nn.TextTower;
import dev.clap4j.internal.objective.Cosine;
import dev.clap4j.internal.objective.CrossEntropy;
import dev.clap4j.internal.objective.Orthogonality;
import dev.clap4j.internal.torch.Tensors;
import dev.clap4j.internal.torch.TorchOps;
import dev.clap4j.internal.torch.TorchWeights;
import dev.clap4j.training.source.PromptStyler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The objective of a style (Cho et al. 2023, equations 1 to 3). A diversity term keeps it different from earlier
 * styles; a consistency term keeps each class in this style closest to its own name, so that it affects style alone.
 *
 * <p>Holds the frozen text encoder in native memory until closed; its tensors belong to the scope around each call.
 */
final class StyleObjective implements AutoCloseable {
    private static final String WORD = PromptStyler.word(1);

    private final TextTower tower;
    private final TorchWeights weights;
    /**
     * The embedded prompts: one without a class, then one for each class, with zeros in place of the style.
     */
    private final PaddedTexts texts;

    private final TensorData classFeatures;
    private final int firstPlace;
    private final int vectors;

    private StyleObjective(ClipModel model, List<String> classes, int vectors) {
        this.tower = model.checkpoint().architecture().text();
        this.weights = new TorchWeights(model.checkpoint().weights());
        this.vectors = vectors;
        float[][] zeros = new float[vectors][tower.width()];
        LearnedWords words = new LearnedWords(model.texts(), Map.of(WORD, zeros));
        List<TokenSequence> prompts = new ArrayList<>();
        prompts.add(words.sequence(PromptStyler.prompt(WORD)));
        classes.forEach(name -> prompts.add(words.sequence(PromptStyler.prompt(WORD) + " " + name)));
        this.firstPlace = firstPlace(prompts.get(0));
        TensorData table =
                model.checkpoint().weights().get("token_embedding.weight").toF32();
        this.texts = PaddedTexts.of(tower, prompts, table);
        float[] names = model.texts().encode(classes).values();
        this.classFeatures = TensorData.of("classes", names, classes.size(), tower.embedDim());
    }

    /**
     * Creates the objective for a model and classes.
     *
     * @param vectors the number of vectors in a style
     */
    static StyleObjective of(ClipModel model, List<String> classes, int vectors) {
        return new StyleObjective(model, classes, vectors);
    }

    private static int firstPlace(TokenSequence prompt) {
        int place = 0;
        while (prompt.ids()[place] != TokenSequence.CONTEXT) {
            place++;
        }
        return place;
    }

    /**
     * Returns the loss of a style, a differentiable scalar.
     *
     * @param style {@code [vectors, width]}
     * @param earlier the features of earlier styles, {@code [m, embedDim]}; m may be 0
     */
    Tensor loss(Tensor style, Tensor earlier) {
        Tensor features = features(style, texts.embedded().shape()[0]);
        long classes = features.size(0) - 1;
        TorchOps ops = new TorchOps();
        Tensor styles = ops.concat(0, List.of(earlier, features.narrow(0, 0, 1)));
        // InfoNCE at temperature 1.
        Tensor content =
                CrossEntropy.ofRows(Cosine.matrix(features.narrow(0, 1, classes), Tensors.view(classFeatures)));
        return Orthogonality.ofLast(styles).add(content);
    }

    /** Returns the feature of a style's prompt without a class, {@code [1, embedDim]}. */
    Tensor feature(Tensor style) {
        return features(style, 1);
    }

    private Tensor features(Tensor style, long rows) {
        TorchOps ops = new TorchOps();
        Tensor plain = Tensors.view(texts.embedded()).narrow(0, 0, rows);
        int rest = firstPlace + vectors;
        Tensor mixed = ops.concat(
                1,
                List.of(
                        plain.narrow(1, 0, firstPlace),
                        ops.repeatRows(style.unsqueeze(0), plain),
                        plain.narrow(1, rest, plain.size(1) - rest)));
        TextBatch<Tensor> batch = new TextBatch<>(
                mixed, first(texts.ends(), rows), first(texts.mask(), rows), first(texts.shares(), rows));
        return tower.forward(ops, weights, batch);
    }

    private static Tensor first(TensorData values, long rows) {
        return values == null ? null : Tensors.view(values).narrow(0, 0, rows);
    }

    /** Returns the dimension of the features. */
    int embedDim() {
        return tower.embedDim();
    }

    @Override
    public void close() {
        weights.close();
    }
}
