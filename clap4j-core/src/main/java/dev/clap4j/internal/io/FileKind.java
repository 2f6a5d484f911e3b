package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of tensor files, recognised by their first bytes; anything else is described in the error message. */
enum FileKind {
    SAFETENSORS,
    PYTORCH_ZIP,
    PYTORCH_LEGACY,
    SHARD_INDEX;

    private static final int START_BYTES = 512;
    private static final int TAR_MAGIC = 257;
    private static final Pattern LFS_SIZE = Pattern.compile("(?m)^size (\\d+)$");

    /** Returns the kind of a file, by its content. */
    static FileKind of(Path path) {
        if (!Files.exists(path)) {
            throw new ClapException("There is no file " + path);
        }
        if (Files.isDirectory(path)) {
            throw new ClapException(path + " is a folder; a tensor file was expected");
        }
        InputFiles.requireRegular(path);
        byte[] start = start(path);
        if (start.length == 0) {
            throw new ClapException(path + " is empty (0 bytes); a tensor file was expected");
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("version https://git-lfs")) {
            throw new ClapException(lfsPointer(path, text));
        }
        if (text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006")) {
            return PYTORCH_ZIP;
        }
        if (text.startsWith(LegacyTorch.START)) {
            return PYTORCH_LEGACY;
        }
        // The header length, below 4 GiB, followed by the opening brace.
        if (text.startsWith("\0\0\0\0{", 4)) {
            return SAFETENSORS;
        }
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (text.stripLeading().startsWith("{")) {
            return SHARD_INDEX;
        }
        // The reader for the promised kind gives a better error message.
        if (name.endsWith(".safetensors")) {
            return SAFETENSORS;
        }
        throw new ClapException(path + " is not a tensor file: " + guess(path, text, start)
                + "; expected safetensors, a PyTorch zip archive, or a .index.json of shards");
    }

    private static byte[] start(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(START_BYTES);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + IoReasons.of(e), e);
        }
    }

    private static String lfsPointer(Path path, String text) {
        Matcher size = LFS_SIZE.matcher(text);
        return path + " is a git-lfs pointer, not the file itself"
                + (size.find() ? " (which has " + size.group(1) + " bytes)" : "")
                + "; run \"git lfs pull\" in its folder, or download the file";
    }

    private static String guess(Path path, String text, byte[] start) {
        if (text.length() > 1 && text.charAt(0) == 0x80 && text.charAt(1) <= 5) {
            return "it is a pickle, but not one of PyTorch's; load it in Python and save the weights as safetensors";
        }
        if (text.startsWith("ustar", TAR_MAGIC)) {
            return "it is a tar archive, as PyTorch before 0.1.10 wrote them; load it in Python and save it again";
        }
        if (text.startsWith("\u0089HDF")) {
            return "it is an HDF5 file";
        }
        if (text.startsWith("GGUF")) {
            return "it is a GGUF file";
        }
        return FileContents.guess(path)
                .map(what -> "it is " + what)
                .orElseGet(() -> "it begins with the bytes "
                        + HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(start, Math.min(8, start.length))));
    }
}
