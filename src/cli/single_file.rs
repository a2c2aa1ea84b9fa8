//! The one file that some commands write: checked before the work, written whole or not at all.

use std::fs;
use std::path::Path;

use super::{Context, Failure};
use crate::scenario::problem::say;
use crate::vocabulary::Language;

/// Nothing is overwritten without `--force`; said before the work.
///
/// # Errors
/// If the file is there and may not be overwritten, or its folder is not there.
pub(super) fn check(path: Option<&Path>, force: bool, language: Language) -> Result<(), Failure> {
    let Some(path) = path else {
        return Ok(());
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let folder = folder.display();
        return Err(Failure::Usage(say!(
            language,
            "没有目录 {folder}：先建立它，或换一个位置",
            "there is no folder {folder}: make it first, or choose another place"
        )));
    }
    if path.exists() && !force {
        let path = path.display();
        return Err(Failure::Usage(say!(
            language,
            "{path} 已存在：加 --force 覆盖，或换一个文件名",
            "{path} exists: add --force to overwrite it, or name another file"
        )));
    }
    Ok(())
}

/// Writes a text to the file under a temporary name, gives it its own, and says so.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write(path: &Path, text: &str, context: &mut Context<'_>) -> Result<(), Failure> {
    let part = path.with_extension("part");
    fs::write(&part, text)?;
    fs::rename(&part, path)?;
    let written = context.language.pick("已写入", "written to");
    writeln!(context.err, "{written} {}", path.display())?;
    Ok(())
}
