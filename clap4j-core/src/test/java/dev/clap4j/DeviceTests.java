package dev.clap4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import dev.clap4j.internal.onnx.OrtEngine;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTests {
    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda", "cuda:1", "coreml", "directml:12", "auto"})
    void namesAreRead(String name) {
        assertThat(Device.of(name)).hasToString(name);
    }

    @Test
    void theFirstNeedsNoNumber() {
        assertThat(Device.of("cuda:0")).isEqualTo(Device.of("cuda"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "gpu", "CUDA", "cuda:", "cuda:-1", "cuda:1:2", "cuda:9999", "cpu:0", "auto:1", "coreml:1"})
    void othersAreRefused(String name) {
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> Device.of(name))
                .withMessageContaining("cpu, cuda[:N], coreml, directml[:N], auto");
    }

    /** The processor never stands in for a device that was asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"cuda", "cuda:1", "directml", "coreml"})
    void whatThisBuildLacksIsSaid(String name) {
        Device device = Device.of(name);
        assumeTrue(OrtEnvironment.getAvailableProviders().equals(EnumSet.of(OrtProvider.CPU)), "ONNX Runtime has more");
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> OrtEngine.create().on(device))
                .withMessageStartingWith("The device " + name + " cannot be used: ");
    }

    @Test
    void autoTakesWhatWorks() {
        OrtEngine engine = OrtEngine.create().on(Device.of("auto"));
        assertThat(engine.device().kind()).isNotEqualTo(Device.Kind.AUTO);
        assertThat(engine.on(Device.cpu()).withPrecision(Precision.INT8).name()).isEqualTo("ort int8");
    }

    @Test
    void sixteenBitsAreForOtherDevices() {
        ClipOptions options = ClipOptions.defaults().withPrecision(Precision.FP16);
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(options::engine)
                .withMessage("fp16 runs on GPUs only, not on cpu: the processor would convert numbers to 32 bits,"
                        + " and back");
    }

    @Test
    void precisionsAreReadByName() {
        assertThat(Precision.values())
                .allSatisfy(each -> assertThat(Precision.of(each.toString())).isEqualTo(each));
        assertThatExceptionOfType(ClapException.class)
                .isThrownBy(() -> Precision.of("bf16"))
                .withMessage("There is no precision bf16; precisions are fp32, fp16, int8");
    }
}
