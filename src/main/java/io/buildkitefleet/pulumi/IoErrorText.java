package io.buildkitefleet.pulumi;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file can't be read or written, in the words of a user: Java's own name a class, or nothing but the file. */
public final class IoErrorText {
    private IoErrorText() {}

    /** The reason, without the file's name: {@code permission denied}. */
    public static String of(IOException error) {
        if (error instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (error instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (error instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (error instanceof FileAlreadyExistsException) {
            return "it is there already";
        }
        if (error instanceof FileSystemLoopException) {
            return "its symbolic links form a loop";
        }
        if (error instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        if (error instanceof FileSystemException onFile && onFile.getReason() != null) {
            return onFile.getReason();
        }
        return error.getMessage() == null ? "unknown error" : error.getMessage();
    }
}
