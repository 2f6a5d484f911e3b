package dev.clap4j.internal.onnx;

import dev.clap4j.ClapException;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.io.Names;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The inputs and outputs of a network in an ONNX file, read without its weights.
 *
 * @param file the file
 * @param inputs its inputs; an extent that differs from run to run is -1
 * @param outputs its outputs; without extents if the file does not declare them
 * @param isRandom whether it draws random numbers, so that its outputs differ from run to run
 */
public record OnnxSignature(Path file, List<Input> inputs, List<Input> outputs, boolean isRandom) {
    /** Copies the lists. */
    public OnnxSignature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * Reads a file, and checks that weights outside of it lie beside it.
     *
     * @throws ClapException if it is not an ONNX file, has values other than tensors, or weights elsewhere
     */
    public static OnnxSignature read(Path file) {
        InputFiles.requireRegular(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > Integer.MAX_VALUE) {
                throw new ClapException("Cannot read " + file + ": it has " + size
                        + " bytes, and an ONNX file ends at 2 GiB; larger weights lie in a file beside it");
            }
            return new OnnxScan(file).read(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
        } catch (OnnxScan.Malformed e) {
            throw new ClapException(
                    "Cannot read " + file + ": it is not an ONNX file: " + Names.line(e.getMessage()), e);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }
}
