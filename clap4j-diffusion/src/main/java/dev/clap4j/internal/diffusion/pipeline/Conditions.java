package dev.clap4j.internal.diffusion.pipeline;

import dev.clap4j.internal.diffusion.model.Condition;
import dev.clap4j.internal.diffusion.model.Denoiser;
import dev.clap4j.internal.diffusion.model.DiffusionModel;
import dev.clap4j.internal.diffusion.model.PipelineKind;
import dev.clap4j.internal.diffusion.model.Prompt;
import dev.clap4j.internal.diffusion.model.TextStates;
import dev.clap4j.internal.io.TensorData;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes the conditions of drawings; remembers those of the last negative prompt, which many drawings share. */
final class Conditions {
    private static final Prompt EMPTY = Prompt.of("");

    private final DiffusionModel model;
    private Prompt lastNegative;
    private TextStates lastStates;

    Conditions(DiffusionModel model) {
        this.model = model;
    }

    /** Returns whether the model is asked twice: it is guided, and takes no guidance as a condition. */
    boolean areGuided(DrawingSettings settings) {
        return settings.guidance() > 1
                && model.denoiser().guidanceDim() == 0
                && model.kind() != PipelineKind.LATENT_CONSISTENCY;
    }

    /** Returns the condition of a drawing: if it is guided, a row without the prompt, then a row with it. */
    Condition of(Drawing drawing) {
        DrawingSettings settings = drawing.settings();
        boolean guided = areGuided(settings);
        TextStates with = model.prompts().encode(List.of(drawing.prompt()), settings.clipSkip());
        List<TextStates> states = guided ? List.of(without(drawing, with), with) : List.of(with);
        List<PictureSizes> sizes =
                guided ? List.of(settings.negativeSizes(), settings.sizes()) : List.of(settings.sizes());
        Denoiser denoiser = model.denoiser();
        return new Condition(
                joined(states.stream().map(TextStates::hidden)),
                with.pooled() == null ? null : joined(states.stream().map(TextStates::pooled)),
                denoiser.timeIds() == 0 ? null : joined(sizes.stream().map(Conditions::row)),
                denoiser.guidanceDim() == 0 ? null : guidance(settings, denoiser.guidanceDim(), states.size()));
    }

    private TextStates without(Drawing drawing, TextStates like) {
        if (drawing.negative() == null && model.zerosWithoutNegativePrompt()) {
            return new TextStates(zeros(like.hidden()), like.pooled() == null ? null : zeros(like.pooled()));
        }
        Prompt negative = drawing.negative() == null ? EMPTY : drawing.negative();
        if (!negative.equals(lastNegative)) {
            lastStates = model.prompts().encode(List.of(negative), 0);
            lastNegative = negative;
        }
        return lastStates;
    }

    private static TensorData guidance(DrawingSettings settings, int dim, int rows) {
        float[] embedding = Guidance.embedding(settings.guidance(), dim);
        return joined(IntStream.range(0, rows).mapToObj(i -> TensorData.of("guidance", embedding, 1, dim)));
    }

    private static TensorData row(PictureSizes sizes) {
        float[] values = sizes.values();
        return TensorData.of("sizes", values, 1, values.length);
    }

    private static TensorData zeros(TensorData like) {
        return TensorData.of(like.name(), new float[Math.toIntExact(like.elements())], like.shape());
    }

    private static TensorData joined(Stream<TensorData> rows) {
        return Rows.joined(rows.toList());
    }
}
