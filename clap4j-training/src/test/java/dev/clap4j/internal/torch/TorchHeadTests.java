package dev.clap4j.internal.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.Numbers;
import dev.clap4j.Shared;
import dev.clap4j.head.HeadContract;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.SafetensorsFile;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchHeadTests extends HeadContract {
    @Override
    protected Engine engine() {
        return TorchEngine.create();
    }

    @ParameterizedTest
    @CsvSource({
        "SiLU,SILU,0",
        "SiLU,SILU,1",
        "SiLU,SILU,2",
        "LeakyReLU,LEAKY_RELU,0",
        "LeakyReLU,LEAKY_RELU,1",
        "LeakyReLU,LEAKY_RELU,2"
    })
    void gradientsAreTheReferences(String name, Activation activation, int repeat) {
        SafetensorsFile golden = SafetensorsFile.open(Shared.golden("head/tiny_gradients.safetensors"));
        String prefix = name + ".repeat" + repeat + ".";
        ResidualMlp mlp = new ResidualMlp(16, 8, 16, repeat, activation);
        Map<String, TensorData> results = NativeScope.call(() -> {
            TorchOps ops = new TorchOps();
            Map<String, Tensor> weights = new LinkedHashMap<>();
            mlp.shapes()
                    .asMap()
                    .keySet()
                    .forEach(w -> weights.put(w, variable(ops, golden.get(prefix + "weight." + w))));
            Tensor x = variable(ops, golden.get(prefix + "x"));
            Tensor alpha = ops.constant(TensorData.of("alpha", new float[] {0.7f}, 1));
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

    private static Tensor variable(TorchOps ops, TensorData values) {
        return ops.constant(values).clone().requires_grad_(true);
    }
}
