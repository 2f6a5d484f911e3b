package dev.clap4j.internal.torch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.Golden;
import dev.clap4j.Numbers;
import dev.clap4j.head.HeadContract;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TorchHeadTests extends HeadContract {
    @Override
    protected Engine engine() {
        return TorchEngine.create();
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void gradientsAreTheReferences(String name, int repeat) {
        SafetensorsFile golden = Golden.tensors("head/tiny_gradients.safetensors");
        JsonNode sizes = Golden.json("head/heads.json").get("tiny_gradients");
        String prefix = name + ".repeat" + repeat + ".";
        Activation activation = name.equals("SiLU") ? Activation.SILU : Activation.LEAKY_RELU;
        ResidualMlp mlp = new ResidualMlp(
                sizes.get("in_dim").asInt(),
                sizes.get("latent_dim").asInt(),
                sizes.get("out_dim").asInt(),
                repeat,
                activation);
        float scale = sizes.get("scale").floatValue();
        Map<String, TensorData> results = NativeScope.call(() -> {
            TorchOps ops = new TorchOps();
            Map<String, Tensor> weights = new LinkedHashMap<>();
            mlp.shapes()
                    .asMap()
                    .keySet()
                    .forEach(w -> weights.put(w, variable(ops, golden.get(prefix + "weight." + w))));
            Tensor x = variable(ops, golden.get(prefix + "x"));
            Tensor alpha = ops.constant(TensorData.of("alpha", new float[] {scale}, 1));
            Tensor y = mlp.forward(ops, weights::get, x, alpha);
            y.mul(ops.constant(golden.get(prefix + "grad_y"))).sum().backward();
            Map<String, TensorData> data = new LinkedHashMap<>();
            data.put("y", Tensors.toData("y", y));
            data.put("grad_x", Tensors.toData("grad_x", x.grad()));
            weights.forEach((w, tensor) -> data.put("grad." + w, Tensors.toData(w, tensor.grad())));
            return data;
        });
        assertThat(results).hasSize(5 + 2 * repeat);
        // fp32 in both, differing in the order of summation only.
        results.forEach((what, actual) ->
                Numbers.assertClose(actual.toFloats(), golden.get(prefix + what).toFloats(), 1e-5));
    }

    static List<Arguments> gradients() {
        return Golden.present(
                "head/tiny_gradients.safetensors#ACTIVATION.repeatN.x",
                Golden.tensors("head/tiny_gradients.safetensors").names().stream()
                        .map(Pattern.compile("(SiLU|LeakyReLU)[.]repeat(\\d+)[.]x")::matcher)
                        .filter(Matcher::matches)
                        .map(match -> Arguments.of(match.group(1), Integer.valueOf(match.group(2))))
                        .toList());
    }

    private static Tensor variable(TorchOps ops, TensorData values) {
        return ops.constant(values).clone().requires_grad_(true);
    }
}
