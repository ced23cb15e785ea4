//! The wallet's window: a thin frame around [`absah_wallet_shell::Shell`]. No decision is made here.
//!
//! ```text
//!  desktop: main.rs ─► main     phone: the system ─► mobile     both ─► run: commands, one window, our own page
//! ```

mod args;
mod bright;
mod commands;
#[cfg(desktop)]
mod register;
#[cfg(target_os = "linux")]
mod text;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use absah_wallet_shell::{Job, Shell, View};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager as _, Url, WebviewUrl, WebviewWindowBuilder};

use crate::args::StartError;

/// What the commands share.
pub(crate) struct Window {
    shell: Mutex<Shell>,
    page: Mutex<Option<Channel<View>>>,
    app: AppHandle,
    /// Whether the screen is bright for a scanner.
    is_bright: AtomicBool,
}

impl Window {
    fn of(shell: Shell, app: AppHandle) -> Arc<Self> {
        let is_bright = AtomicBool::new(false);
        let window = Arc::new(Self { shell: Mutex::new(shell), page: Mutex::new(None), app, is_bright });
        watch_the_clock(&window);
        window
    }

    /// Runs a step; a step that panicked would have left a whole state behind, since steps replace it at the end.
    pub(crate) fn with<T>(&self, step: impl FnOnce(&mut Shell) -> T) -> T {
        let mut shell = self.shell.lock().unwrap_or_else(PoisonError::into_inner);
        let came = step(&mut shell);
        let is_wanted = shell.is_for_a_scanner();
        if self.is_bright.swap(is_wanted, Ordering::Relaxed) != is_wanted {
            bright::set(&self.app, is_wanted);
        }
        came
    }

    pub(crate) fn watched_by(&self, page: Channel<View>) {
        *self.page.lock().unwrap_or_else(PoisonError::into_inner) = Some(page);
    }

    /// Shows the page what stands on the screen now. A page that is gone needs nothing.
    pub(crate) fn tell(&self) {
        let view = self.with(|shell| shell.view());
        if let Some(page) = &*self.page.lock().unwrap_or_else(PoisonError::into_inner) {
            let _ = page.send(view);
        }
    }
}

/// How often the clock is looked at for a wallet that was left alone.
const LOOK: Duration = Duration::from_secs(5);

/// Looks at the clock as long as there is a window. The machine decides what follows from it.
fn watch_the_clock(window: &Arc<Window>) {
    let window = Arc::downgrade(window);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(LOOK);
            let Some(window) = window.upgrade() else { break };
            if window.with(|shell| shell.tick(false)) {
                window.tell();
            }
        }
    });
}

/// Fetches, one after another, until the machine waits for a person again.
pub(crate) fn fetching(window: &Arc<Window>, job: Option<Job>) {
    let Some(job) = job else { return };
    let window = Arc::clone(window);
    tauri::async_runtime::spawn(async move {
        let mut next = Some(job);
        while let Some(job) = next.take() {
            let answer = job.ask().await;
            let (then, page) = window.with(|shell| (shell.answered(answer), shell.page()));
            next = then;
            if let Some(page) = page {
                commands::browse(&page);
            }
            window.tell();
        }
    });
}

/// A link opened by another program.
fn follow(app: &AppHandle, link: String) {
    let window = Arc::clone(&app.state::<Arc<Window>>());
    let job = window.with(|shell| shell.link(link));
    window.tell();
    fetching(&window, job);
}

/// The program on a desktop.
#[cfg(desktop)]
pub fn main() -> std::process::ExitCode {
    use absah_host::{Context, Exit, report};
    use clap::Parser as _;

    let args = match args::Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Ok.into() };
        }
    };
    let Ok(mut context) = Context::of_process() else { return Exit::Environment.into() };
    match desktop(args, &mut context) {
        Ok(()) => Exit::Ok.into(),
        Err(error) => report(&error, &mut context.console).into(),
    }
}

#[cfg(desktop)]
fn desktop(args: args::Args, context: &mut absah_host::Context) -> Result<(), StartError> {
    if args.register {
        return register::register(context);
    }
    let alone = args.data_dir.is_some();
    let link = args.link.clone();
    let shell = Shell::new(args.start(context)?)?;
    let mut builder = tauri::Builder::default();
    // A second start hands its link to the first; with a data directory of its own it is another wallet.
    if !alone {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, words, _| {
            if let Some(shown) = app.get_webview_window("main") {
                let _ = shown.unminimize();
                let _ = shown.set_focus();
            }
            if let Some(link) = words.into_iter().find(|word| args::is_link(word)) {
                follow(app, link);
            }
        }));
    }
    run(builder, move |app| {
        app.manage(Window::of(shell, app.handle().clone()));
        frame(app, |window| window.title("Absah").inner_size(420.0, 800.0).min_inner_size(320.0, 480.0))?;
        if let Some(link) = link {
            follow(app.handle(), link);
        }
        Ok(())
    })
}

/// The program on a phone: the system says where its data lies, and hands over links while it runs.
#[cfg(mobile)]
#[tauri::mobile_entry_point]
fn mobile() {
    let builder = tauri::Builder::default();
    #[cfg(target_os = "android")]
    let builder = builder.plugin(bright::plugin());
    let started = run(builder, |app| {
        let mut context = absah_host::Context::of_process().map_err(StartError::Random)?;
        let args = args::Args { data_dir: Some(app.path().app_local_data_dir()?), ..Default::default() };
        let mut start = args.start(&mut context)?;
        if let Ok(documents) = app.path().document_dir() {
            start.backups = documents;
        }
        app.manage(Window::of(Shell::new(start).map_err(StartError::Shell)?, app.handle().clone()));
        frame(app, |window| window)?;
        Ok(())
    });
    // Nobody is there to be told: the system shows that the program has ended.
    drop(started);
}

type Builder = tauri::Builder<tauri::Wry>;
type Page<'a> = WebviewWindowBuilder<'a, tauri::Wry, tauri::App>;
type Setup = Result<(), Box<dyn std::error::Error>>;

fn run(
    builder: Builder,
    setup: impl FnOnce(&mut tauri::App) -> Setup + Send + 'static,
) -> Result<(), StartError> {
    let built = builder
        .invoke_handler(tauri::generate_handler![
            commands::view,
            commands::watch,
            commands::press,
            commands::awake,
            commands::texts,
            commands::pictures,
            commands::camera,
            commands::restore,
        ])
        .setup(setup)
        .build(tauri::generate_context!());
    let app = built.map_err(|_| StartError::Frame)?;
    app.run(|_app, _event| {
        #[cfg(mobile)]
        if let tauri::RunEvent::Opened { urls } = _event
            && let Some(link) = urls.iter().map(Url::as_str).find(|link| args::is_link(link))
        {
            follow(_app, link.to_owned());
        }
    });
    Ok(())
}

/// The one window: our own page and no other, whatever is clicked or typed.
fn frame<'a>(app: &'a tauri::App, more: impl FnOnce(Page<'a>) -> Page<'a>) -> tauri::Result<()> {
    let page = WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()));
    let window = more(page.on_navigation(is_ours)).build()?;
    #[cfg(target_os = "linux")]
    text::follow(&window);
    #[cfg(not(target_os = "linux"))]
    drop(window);
    Ok(())
}

fn is_ours(url: &Url) -> bool {
    url.scheme() == "tauri" || (url.scheme() == "http" && url.host_str() == Some("tauri.localhost"))
}
