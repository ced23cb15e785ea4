//! The wallet's window: a thin frame around [`absah_wallet_shell::Shell`]. No decision is made here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod args;
mod commands;
mod register;

use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use absah_host::{Context, Exit, report};
use absah_wallet_shell::{Job, Shell, View};
use clap::Parser as _;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager as _, Url, WebviewUrl, WebviewWindowBuilder};

use crate::args::{Args, is_link};

/// What the commands share.
pub(crate) struct Window {
    shell: Mutex<Shell>,
    page: Mutex<Option<Channel<View>>>,
}

impl Window {
    /// Runs a step; a step that panicked would have left a whole state behind, since steps replace it at the end.
    pub(crate) fn with<T>(&self, step: impl FnOnce(&mut Shell) -> T) -> T {
        step(&mut self.shell.lock().unwrap_or_else(PoisonError::into_inner))
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

/// Fetches, one after another, until the machine waits for a person again.
pub(crate) fn fetching(window: &Arc<Window>, job: Option<Job>) {
    let Some(job) = job else { return };
    let window = Arc::clone(window);
    tauri::async_runtime::spawn(async move {
        let mut next = Some(job);
        while let Some(job) = next.take() {
            let answer = job.ask().await;
            next = window.with(|shell| shell.answered(answer));
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

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage.into() } else { Exit::Ok.into() };
        }
    };
    let Ok(mut context) = Context::of_process() else { return Exit::Environment.into() };
    match run(args, &mut context) {
        Ok(()) => Exit::Ok.into(),
        Err(error) => report(&error, &mut context.console).into(),
    }
}

fn run(args: Args, context: &mut Context) -> Result<(), args::StartError> {
    if args.register {
        return register::register(context);
    }
    let alone = args.data_dir.is_some();
    let link = args.link.clone();
    let shell = Shell::new(args.start(context)?)?;
    let window = Arc::new(Window { shell: Mutex::new(shell), page: Mutex::new(None) });
    let mut builder = tauri::Builder::default();
    // A second start hands its link to the first; with a data directory of its own it is another wallet.
    if !alone {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, words, _| {
            if let Some(shown) = app.get_webview_window("main") {
                let _ = shown.unminimize();
                let _ = shown.set_focus();
            }
            if let Some(link) = words.into_iter().find(|word| is_link(word)) {
                follow(app, link);
            }
        }));
    }
    let built = builder
        .manage(window)
        .invoke_handler(tauri::generate_handler![
            commands::view,
            commands::watch,
            commands::press,
            commands::texts,
            commands::pictures,
            commands::camera,
            commands::restore,
        ])
        .setup(move |app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
                .title("Absah")
                .inner_size(420.0, 800.0)
                .min_inner_size(320.0, 480.0)
                // Our own page and no other, whatever is clicked or typed.
                .on_navigation(is_ours)
                .build()?;
            if let Some(link) = link {
                follow(app.handle(), link);
            }
            Ok(())
        })
        .build(tauri::generate_context!());
    let app = built.map_err(|_| args::StartError::Frame)?;
    app.run(|_, _| {});
    Ok(())
}

fn is_ours(url: &Url) -> bool {
    url.scheme() == "tauri" || (url.scheme() == "http" && url.host_str() == Some("tauri.localhost"))
}
