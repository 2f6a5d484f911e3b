package dev.clap4j.internal.checkpoint;

import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.HalfFloats;
import dev.clap4j.internal.io.TensorData;
import java.nio.ByteBuffer;
import java.util.List;

/** Files in order whose tensors are not those of a CLIP model. */
final class BadWeights {
    private static final String FILE = "{}/model.safetensors";
    private static final String GEOMETRY = " according to the shapes of its other tensors";

    private BadWeights() {}

    static void addTo(BadCheckpoints bad) {
        bad.add(
                "missing tensor",
                BadCheckpoints.replaced("ln_final.bias", tensor -> null),
                FILE + " lacks tensor ln_final.bias, which the model needs" + GEOMETRY);
        bad.add(
                "missing tensor that tells the geometry",
                BadCheckpoints.replaced("token_embedding.weight", tensor -> null),
                FILE + " has no tensor token_embedding.weight; a CLIP checkpoint needs it. It is incomplete, or of"
                        + " another model");
        bad.add(
                "text tower alone",
                BadCheckpoints.changed(tensor -> tensor.name().startsWith("visual.") ? null : tensor),
                FILE + " has no tensor visual.conv1.weight; a CLIP checkpoint needs it. It is incomplete, or of another"
                        + " model");
        bad.add(
                "tensor under another name",
                BadCheckpoints.replaced("logit_scale", tensor -> tensor.named("logit_bias")),
                FILE + " lacks tensor logit_scale, which the model needs" + GEOMETRY);
        bad.add(
                "extra tensor",
                folder -> {
                    List<TensorData> tensors = SmallCheckpoint.tensors();
                    tensors.add(SmallCheckpoint.tensor("logit_bias"));
                    return BadCheckpoints.write(folder.resolve("model.safetensors"), tensors);
                },
                FILE + " has a tensor that no CLIP model of its geometry has: logit_bias; it is another kind of model,"
                        + " or its configuration belongs to another");
        bad.add(
                "tensors of another model",
                folder -> {
                    List<TensorData> tensors = SmallCheckpoint.tensors();
                    tensors.add(SmallCheckpoint.tensor("visual.transformer.resblocks.0.ls_1.gamma", 64));
                    tensors.add(SmallCheckpoint.tensor("logit_bias"));
                    return BadCheckpoints.write(folder.resolve("model.safetensors"), tensors);
                },
                FILE + " has tensors that no CLIP model of its geometry has:"
                        + " visual.transformer.resblocks.0.ls_1.gamma, logit_bias; it is another kind of model, or its"
                        + " configuration belongs to another");
        bad.add(
                "mis-shaped tensor",
                BadCheckpoints.replaced("ln_final.bias", tensor -> SmallCheckpoint.tensor(tensor.name(), 65)),
                FILE + ": tensor ln_final.bias has the shape [65], expected [64]" + GEOMETRY);
        bad.add(
                "positions that are no square",
                BadCheckpoints.replaced(
                        "visual.positional_embedding", tensor -> SmallCheckpoint.tensor(tensor.name(), 6, 64)),
                FILE + ": tensor visual.positional_embedding F32[6, 64] should have one row more than a square number");
        bad.add(
                "width without heads",
                BadCheckpoints.replaced(
                        "token_embedding.weight", tensor -> SmallCheckpoint.tensor(tensor.name(), 10, 48)),
                FILE
                        + ": tensor token_embedding.weight F32[10, 48] implies a width of 48, which is not a multiple of 64; put"
                        + " the model's configuration (open_clip_config.json) beside it");
        bad.add(
                "embedding of one dimension",
                BadCheckpoints.replaced("token_embedding.weight", tensor -> SmallCheckpoint.tensor(tensor.name(), 640)),
                FILE + ": tensor token_embedding.weight F32[640] should have 2 dimensions, none of them empty");
        bad.add(
                "NaN",
                BadCheckpoints.replaced("visual.proj", tensor -> with(tensor, 8 * 3 + 2, Float.NaN)),
                FILE + ": tensor visual.proj F32[64, 8] holds NaN at [3, 2]; the checkpoint is damaged, or its training"
                        + " failed");
        bad.add(
                "logit scale that overflows",
                BadCheckpoints.replaced("logit_scale", tensor -> with(tensor, 0, 1000)),
                "The tensor logit_scale in " + FILE + " is 1000.0, the logarithm of the factor on cosine similarities;"
                        + " CLIP's is at most 4.6052, the logarithm of 100");
        bad.add(
                "infinity in halves",
                BadCheckpoints.replaced("ln_final.weight", BadWeights::halvesWithInfinity),
                FILE + ": tensor ln_final.weight F16[64] holds -Infinity at [63]; the checkpoint is damaged, or its"
                        + " training failed");
        bad.add(
                "integers for weights",
                BadCheckpoints.replaced("ln_final.weight", tensor -> TensorData.of(tensor.name(), new long[64], 64)),
                FILE + ": tensor ln_final.weight I64[64] should hold floating-point numbers");
        bad.add(
                "unknown layout",
                folder -> BadCheckpoints.write(
                        folder.resolve("model.safetensors"),
                        List.of(
                                SmallCheckpoint.tensor("bert.embeddings.word_embeddings.weight", 4, 4),
                                SmallCheckpoint.tensor("bert.pooler.dense.bias", 4))),
                FILE + " is not a CLIP checkpoint: its tensors are bert.embeddings.word_embeddings.weight,"
                        + " bert.pooler.dense.bias; expected the names of OpenAI or open_clip (visual.conv1.weight,"
                        + " token_embedding.weight, …) or of Hugging Face's CLIPModel (vision_model.*, text_model.*)");
    }

    private static TensorData with(TensorData tensor, int place, float value) {
        float[] values = tensor.toFloats();
        values[place] = value;
        return TensorData.of(tensor.name(), values, tensor.shape());
    }

    private static TensorData halvesWithInfinity(TensorData tensor) {
        ByteBuffer bytes = TensorData.allocate(tensor.elements() * 2);
        for (float value : with(tensor, 63, Float.NEGATIVE_INFINITY).toFloats()) {
            bytes.putShort(HalfFloats.toHalf(value));
        }
        return new TensorData(tensor.name(), DataType.F16, tensor.shape(), bytes.rewind());
    }
}
